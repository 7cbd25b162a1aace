"""How is a classifier trained on the command line?"""

from __future__ import annotations

import click


@click.command("train", short_help="Train the classifier on labelled rows.")
@click.argument("labelled", nargs=-1, type=click.Path(exists=True, dir_okay=False))
@click.option("--lang", default="en", show_default=True, help="Language of the rows, in two letters.")
@click.option("-o", "--output", type=click.Path(dir_okay=False), required=True, help="Where the model goes.")
def train_command(labelled: tuple[str, ...], lang: str, output: str) -> None:
    """Train the classifier: on LABELLED rows, or on the package's own when none are given.

    \b
    relations train -o data/model/en.skops
    relations train --lang fr -o data/model/fr.skops
    """
    from relations.coding.examples import read_rows
    from relations.coding.training import labelled_articles, labelled_rows, save, train

    rows = [row for path in labelled for row in read_rows(path)]
    articles = [] if rows else labelled_articles(lang)
    rows = rows or labelled_rows(lang)
    save(train(rows, articles, lang), output)
    click.echo(f"{output}: trained on {len(rows)} labelled rows and {len(articles)} articles", err=True)
