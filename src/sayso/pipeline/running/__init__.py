"""The steps run over many documents: in one process or several, once or again and again."""
