"""Takes the picture of the report page in the documentation: how it begins, and the origins of its headline claim.

make pictures
"""

from base64 import b64encode
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import executable, page_of

PICTURE = Path(__file__).resolve().parents[2] / "docs" / "images" / "report.png"

WIDTH = 1120
SPACE = 24
"""Between the beginning of the page and the picture of the origins, with a line in it."""

SHEET = f"""
body {{ margin: 0; width: {WIDTH}px; background: #fbfaf6; }}
img {{ display: block; }}
hr {{ margin: 0 40px 10px; border: 0; border-top: 1px solid #bbb; }}
"""


def main() -> None:
    """Write it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": 900})
        page.set_content(page_of("alliance-1")["html"])
        row = page.locator(".row").first.bounding_box()
        card = page.locator(".card").first.bounding_box()
        figure = page.locator("figure .question").first.bounding_box()
        drawn = page.locator("figure .drawn").first.bounding_box()
        begin, end = figure["y"] - SPACE / 2, drawn["y"] + drawn["height"]
        pieces = [
            page.screenshot(full_page=True, clip={"x": x, "y": y, "width": width, "height": height})
            for x, y, width, height in (
                (0, 0, WIDTH, row["y"] + row["height"] + SPACE / 2),
                (card["x"], begin, card["width"], end - begin),
            )
        ]
        top, origins = (f'<img src="data:image/png;base64,{b64encode(each).decode()}"' for each in pieces)
        # A page of its own: the report's policy lets no image in.
        both = browser.new_page(viewport={"width": WIDTH, "height": 100})
        both.set_content(f"<style>{SHEET}</style>{top}><hr>{origins} style='margin-left: {card['x']}px'>")
        both.locator("body").screenshot(path=PICTURE)
        browser.close()
    print(f"Taken: {PICTURE.name}")


if __name__ == "__main__":
    main()
