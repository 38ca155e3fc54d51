import numpy as np
import pytest

from index.columns import FacetColumn


@pytest.mark.parametrize(
    "values, documents, codes, expected",
    [
        (("a", "b"), [0, 1, 2], [1, 0, 1], [20.0, 104.0]),
        (("a", "b"), [0, 1], [0, 1], [4.0, 20.0]),
        (("a", "b"), [0, 0, 2], [0, 1, 1], [4.0, 104.0]),
        (("a",), [0, 1, 2], [0, 0, 0], [124.0]),
        (("a",), [0, 2], [0, 0], [104.0]),
        (("a",), [0, 1], [0, 0], [24.0]),
        (("a", "b", "c"), [2], [1], [0.0, 100.0, 0.0]),
        ((), [], [], []),
    ],
)
def test_what_documents_are_given_is_added_up_by_value(values, documents, codes, expected):
    column = FacetColumn(values, np.array(documents, np.intp), np.array(codes, np.intp))
    assert column.add_up(np.array([4.0, 20.0, 100.0])).tolist() == expected
