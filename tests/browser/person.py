"""Here: what a person does at a page: sign in, fill in a form by the names of its fields, press a button. Not here: checks."""

from playwright.sync_api import Page

from egov_projects.walk import SAMPLE_PDF
from projects.evidence import EVIDENCE
from projects.workspace import sections

REFUSED = ("status of 400", "status of 409")  # what Chromium notes when a page answers so


class Person:
    """Somebody at a browser; remembers the addresses asked for and what the console complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.set_default_timeout(20_000)
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def _hear(self, message) -> None:
        if message.type == "error" and not any(text in message.text for text in REFUSED):
            self.complaints.append(message.text)

    def sign_in(self, name: str) -> None:
        """Through the page, with the password all of the city have."""
        self.page.goto("/login/")
        self.page.fill("[name=username]", name)
        self.page.fill("[name=password]", "x")
        self.press("登录")

    def press(self, text: str) -> None:
        """The button in the page's own part that says exactly this."""
        self.page.locator("main").get_by_role("button", name=text, exact=True).first.click()

    def fill(self, data: dict) -> None:
        """Fields by name; a list of dicts goes into the rows of a table."""
        for name, value in data.items():
            if isinstance(value, list) and value and isinstance(value[0], dict):
                for row, cells in enumerate(value):
                    if not self.page.locator(f"[name^='{name}-{row}-']").count():
                        self.page.locator(f"button[name=add][value='{name}']").click()
                    self.fill({f"{name}-{row}-{column}": cell for column, cell in cells.items()})
            else:
                self._fill_one(name, value)

    def _fill_one(self, name: str, value) -> None:
        field = self.page.locator(f"[name='{name}']:not([type=hidden])")
        tag = field.first.evaluate("each => each.type || each.tagName.toLowerCase()")
        if tag.startswith("select"):
            values = value if isinstance(value, list) else [value]
            field.select_option([str(each).lower() if isinstance(each, bool) else str(each) for each in values])
        elif tag == "checkbox" and isinstance(value, bool):
            field.set_checked(value)
        elif tag in {"checkbox", "radio"}:
            for each in value if isinstance(value, list) else [value]:
                self.page.locator(f"[name='{name}'][value='{each}']").check()
        elif tag == "file":
            field.set_input_files({"name": f"{value}.pdf", "mimeType": "application/pdf", "buffer": SAMPLE_PDF})
        else:
            field.fill("\n".join(value) if isinstance(value, list) else str(value))

    def record(self, project, name: str, **fields) -> None:
        """Put evidence on file with its lawful example, overlaid by `fields`."""
        if name == "filing":
            return self.fill_filing(project, EVIDENCE[name].example(project) | fields)
        self.page.goto(f"/projects/{project.number}/records/{name}/")
        self.fill(EVIDENCE[name].example(project) | fields)
        self.press("保存")

    def fill_filing(self, project, data: dict) -> None:
        """The filing, section by section."""
        for section in (each for each in sections() if each.fields):
            self.page.goto(f"/projects/{project.number}/filing/{section.code}/")
            self.fill({key: value for key, value in data.items() if key in section.fields})
            self.press("保存并继续")
            self.page.wait_for_url(lambda url, left=section.code: not url.endswith(f"/{left}/"))
        self.page.goto(f"/projects/{project.number}/")

    def hand_in(self, project, code: str) -> None:
        """A document, or 无此件 where the slot takes that answer."""
        self.page.goto(f"/projects/{project.number}/materials/")
        slot = self.page.locator(f"#{code}")
        if slot.locator("option", has_text="无此件").count():
            slot.locator("select").select_option("无此件")
        else:
            slot.locator("input[type=file]").set_input_files(
                {"name": f"{code}.pdf", "mimeType": "application/pdf", "buffer": SAMPLE_PDF}
            )
        slot.get_by_role("button", name="提交").click()

    def mend(self, project, limit: int = 30) -> list[str]:
        """Follow the link of the first obstacle until none is left; the remedies in order."""
        done: list[str] = []
        for _ in range(limit):
            self.page.goto(f"/projects/{project.number}/")
            links = self.page.locator("section[aria-labelledby=next] .verdicts a.btn[href*='/records/'], "
                                      "section[aria-labelledby=next] .verdicts a.btn[href*='/materials/']")
            if not links.count():
                return done
            address = links.first.get_attribute("href")
            if "#" in address:
                done.append(f"material:{address.rpartition('#')[2]}")
                self.hand_in(project, address.rpartition("#")[2])
            else:
                done.append(address.rstrip("/").rpartition("/")[2])
                self.record(project, done[-1])
        raise AssertionError(f"still obstacles after {done}")
