"""Takes README's pictures of the preview, light and dark, with the demo widget.

python tests/picture.py
"""

import tempfile
from pathlib import Path

from playwright.sync_api import ViewportSize

from scaffold.files import apply
from scaffold.generate import build as project
from scaffold.generate.answers.reading import draft_of
from scaffold.generate.answers.validate import complete
from scaffold.preview.run.browser import find_browser, launch, playing
from scaffold.preview.server import libs
from scaffold.preview.server.access import link
from scaffold.preview.server.preview import preview_of
from scaffold.preview.server.server import serving
from scaffold.preview.widget_source import Source

FOLDER = Path(__file__).parent.parent / ".github"
SCHEMES = ("light", "dark")
SIZE = ViewportSize(width=1280, height=800)
DRAWN = ".demo-panel__button"
"""The part that the demo widget draws last."""


def name(scheme: str) -> str:
    """Return the file name of a picture."""
    return f"preview-{scheme}.png"


def take(folder: Path) -> None:
    """Write the pictures to `folder`."""
    with tempfile.TemporaryDirectory() as made:
        demo = Path(made) / "demo"
        answers = complete(draft_of(defaults=True, folder_name=demo.name))
        apply.execute(apply.plan(project.build(answers), demo))
        preview = preview_of(Source(demo), libs.libraries(print), print)
        with playing() as driver, serving(preview) as url:
            browser = launch(driver, find_browser(), online=False)
            for scheme in SCHEMES:
                page = browser.new_page(viewport=SIZE)
                page.goto(link(url, preview.keys.token, f"scheme={scheme}"))
                page.frame_locator("iframe:visible").locator(DRAWN).wait_for()
                page.screenshot(path=folder / name(scheme))
            browser.close()


if __name__ == "__main__":
    take(FOLDER)
