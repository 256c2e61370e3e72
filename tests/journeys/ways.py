"""How a person gets to a page that may at that very moment be loading again by itself."""

from playwright.sync_api import Error, Page, Response, TimeoutError

CROSSED = ("ERR_ABORTED", "interrupted by another navigation")
ATTEMPTS = 5
A_WHILE = 6_000  # milliseconds; a way that was crossed may also just never end
A_MOMENT = 300


def visit(page: Page, address: str) -> Response | None:
    """Go to the address; where the page's own reload crossed the attempt, go again, as a person would."""
    for _ in range(ATTEMPTS - 1):
        try:
            return page.goto(address, timeout=A_WHILE)
        except TimeoutError:
            continue
        except Error as trouble:
            if not any(word in trouble.message for word in CROSSED):
                raise
        page.wait_for_timeout(A_MOMENT)
    return page.goto(address)


def look_again(page: Page) -> None:
    """Load the page again, whatever it is doing by itself at that moment."""
    for _ in range(ATTEMPTS - 1):
        try:
            page.reload(timeout=A_WHILE)
        except Error:
            page.wait_for_timeout(A_MOMENT)
        else:
            return
    page.reload()
