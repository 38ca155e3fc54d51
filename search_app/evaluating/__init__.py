"""How well questions are answered: figures over files of questions."""
