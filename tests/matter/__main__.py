"""What is missed in the pieces, what is made up, and the two figures: python -m matter"""

from __future__ import annotations

from articles.__main__ import brief, read
from matter.scoring import figures, made_up, missed, pieces


def main() -> None:
    """Print them."""
    asked = pieces()
    claims = read(one.article for one in asked)
    for one in asked:
        id = one.article.id
        for text in missed(one, claims[id]):
            print(id, "missed", text, sep="\t")
        for claim in made_up(one, claims[id]):
            print(id, "made up", brief(claim), sep="\t")
    for name, figure in figures(asked, claims).items():
        print(f"{name} {figure:.2f}")


if __name__ == "__main__":
    main()
