"""How a person gets to a page that may at that very moment be loading again by itself."""

from playwright.sync_api import Error, Page, Response

CROSSED = ("ERR_ABORTED", "interrupted by another navigation")
ATTEMPTS = 5


def visit(page: Page, address: str) -> Response | None:
    """Go to the address; where the page's own reload crossed the attempt, go again, as a person would."""
    for _ in range(ATTEMPTS - 1):
        try:
            return page.goto(address)
        except Error as trouble:
            if not any(word in trouble.message for word in CROSSED):
                raise
        page.wait_for_load_state()
    return page.goto(address)


def look_again(page: Page) -> None:
    """Load the page again; a page that is just doing so by itself ends our attempt, not its own."""
    try:
        page.reload()
    except Error:
        page.wait_for_load_state()
