"""The page that takes a file of queries or questions, and that of a file in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast, get_args

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as BaseResponse

from search_app.exports.batch_input import BadBatch, How, read_batch
from search_app.exports.batch_rows import MOST_HITS, BatchOrder, Form, write_batch
from search_app.exports.jobs import MOST_ATTEMPTS, MOST_DAYS, Jobs, TooManyJobs
from search_app.keeping import do_not_keep
from search_app.service import Service, current_service

MOST_BYTES = 1024 * 1024
MOST_ROWS = 1000
AT_ONCE: dict[How, int] = {"search": 25, "ask": 2}
"""So many rows are answered while the reader waits; more become a job."""

MEDIA_TYPES: dict[Form, str] = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}

_JOBS = "plansearch-jobs"

batch = Blueprint("batch", __name__)


@batch.get("/batch")
def show_batch() -> str:
    """Show where a file of queries or questions can be given."""
    return _show_form()


@batch.post("/batch")
def take_batch() -> BaseResponse:
    """Answer a short file at once, and make a job of a long one."""
    request.max_content_length = MOST_BYTES
    do_not_keep()
    service = current_service()
    try:
        content = _read_content()
        order = _read_order(service, content)
        read = read_batch(content)
        if len(read.entries) > MOST_ROWS:
            raise BadBatch(
                f"The file has {len(read.entries):,} rows, and at most {MOST_ROWS:,} are taken."
                " Part it, or use plansearch batch, which has no limit."
            )
        if len(read.entries) <= AT_ONCE[order.how]:
            lines = write_batch(service.searcher, order, read.entries)
            return _send(Response(lines), order.form)
        token = _jobs().add(order, content)
    except (BadBatch, TooManyJobs) as error:
        code = 400 if isinstance(error, BadBatch) else 503
        return make_response(_show_form(str(error)), code)
    return redirect(url_for("batch.show_job", job=token), 303)


@batch.get("/batch/<job>")
def show_job(job: str) -> Response:
    """Show how far a job is."""
    do_not_keep()
    page = render_template(
        "batch_job.html", job=_jobs().find(job), token=job, days=MOST_DAYS, attempts=MOST_ATTEMPTS
    )
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response


@batch.get("/batch/<job>/file")
def send_job(job: str) -> Response:
    """Send the output of a job that is done."""
    do_not_keep()
    form = _jobs().find(job).order.form
    response = _send(send_file(_jobs().output(job).absolute(), MEDIA_TYPES[form]), form)
    response.headers["Cache-Control"] = "no-store"
    return response


@batch.record_once
def _keep_jobs(state: BlueprintSetupState) -> None:
    """Keep the jobs of an app with its extensions, which are those of its audience."""
    state.app.extensions.setdefault(_JOBS, _KeptJobs())


@dataclass
class _KeptJobs:
    jobs: Jobs | None = None


def _jobs() -> Jobs:
    kept: _KeptJobs = current_app.extensions[_JOBS]
    if kept.jobs is None:
        service = current_service()
        folder = service.library.data / "jobs" / service.audience
        kept.jobs = Jobs(folder, service.searcher)
    return kept.jobs


def _show_form(error: str = "") -> str:
    service = current_service()
    return render_template(
        "batch.html",
        error=error,
        coverage_said=service.searcher.coverage(service.audience),
        form=request.form,
        most_rows=MOST_ROWS,
        most_hits=MOST_HITS,
        at_once=AT_ONCE,
        days=MOST_DAYS,
    )


def _read_content() -> bytes:
    file = request.files.get("file")
    content = file.read() if file else b""
    return content or request.form.get("lines", "").encode()


def _read_order(service: Service, content: bytes) -> BatchOrder:
    how = request.form.get("how", "")
    form = request.form.get("format", "csv")
    most = request.form.get("most", "") or "10"
    if how not in get_args(How) or form not in MEDIA_TYPES:
        raise BadBatch("Choose what the rows are, and a format.")
    if not most.isascii() or not most.isdigit() or not 1 <= int(most[:9]) <= MOST_HITS:
        raise BadBatch(f"Passages of each query are a number from 1 to {MOST_HITS:,}.")
    if not content.strip():
        raise BadBatch("Choose a file, or write the rows into the box.")
    address = url_for("pages.show_home", _external=True).rstrip("/")
    return BatchOrder(
        cast(How, how), service.audience, int(most[:9]), form,
        request.form.get("bom") == "1", address,
    )  # fmt: skip


def _send(response: Response, form: Form) -> Response:
    response.headers["Content-Type"] = MEDIA_TYPES[form]
    response.headers["Content-Disposition"] = f'attachment; filename="plansearch-batch.{form}"'
    return response
