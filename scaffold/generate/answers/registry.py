"""The questions, in the order they are asked: the one list that everything about answers is derived from.

The wizard asks them, `--set` and the answers file answer them, `validate` checks them, `schema` and the
README's reference explain them. Adding a question is one record here and one attribute of `Answers`.
"""

from typing import Any

from scaffold.generate.answers import defaults
from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.kinds import overlay_source
from scaffold.generate.answers.kinds.choices import Areas, Choice, Flag, Locales, Number
from scaffold.generate.answers.kinds.events import Events
from scaffold.generate.answers.kinds.later import OrLater
from scaffold.generate.answers.kinds.lines import CODE, COLOUR, EMAIL, FOLDER_URL, HTTPS_URL, LINK, VERSION
from scaffold.generate.answers.kinds.picture import Picture
from scaffold.generate.answers.kinds.tables import Record, Table, Titled
from scaffold.generate.answers.kinds.text import TEXT, Text
from scaffold.generate.answers.question import Question, Subject
from scaffold.generate.answers.record import SECRET, Exit, Field, Handler, MenuItem
from scaffold.kommo import limits

_LABEL = Question("label", TEXT, "Label", "what users see beside the field", defaults.name_from_code)
_REQUIRED = Question("required", Flag(), "Required?", "whether it must be filled in", False)


def _type(types: dict[str, str]) -> Question:
    return Question("type", Choice(types), "Type", "what the field takes", "text")


SETTING_TYPES: dict[str, str] = limits.SETTINGS_FIELD_TYPES | {
    SECRET: "a password that your back end keeps and the CRM never stores; needs backend.url"
}
"""Types of an installation field: the platform's, and one of ours."""

_SETTING = Record((_type(SETTING_TYPES), _LABEL, _REQUIRED), Field)
_PIPELINE_FIELD = Record((_type(limits.DP_FIELD_TYPES), _LABEL, _REQUIRED), Field)
_BOT_FIELD = Record(
    (
        _type(limits.SALESBOT_FIELD_TYPES),
        _LABEL,
        Question(
            "manual",
            Flag(),
            "Typed by hand?",
            "true: the user types it; false: picks a field of the entity",
            False,
        ),
        Question("default_value", TEXT, "Default value", "what the field holds at first"),
    ),
    Field,
)
_EXIT = Titled(
    Question("title", TEXT, "Title", "what the builder calls the exit", defaults.name_from_code), Exit
)
_HANDLER = Record(
    (
        Question("name", TEXT, "Name", "the block's name in the builder", defaults.name_from_code),
        Question("fields", Table(_BOT_FIELD, "field", {}), "Fields", "what the block asks for", {}),
        Question(
            "exits",
            Table(_EXIT, "exit", {}, minimum=1),
            "Exits",
            "the ways on from the block",
            defaults.exits,
        ),
    ),
    Handler,
)
_ITEM = Record(
    (Question("title", TEXT, "Title", "the sub-item's name in the menu", defaults.name_from_code),), MenuItem
)
_ONE_CUSTOM = ("type", "custom")

QUESTIONS: tuple[Question, ...] = (
    Question(
        "code", CODE, "Code of the widget",
        "names the folder, the CSS class and the handlers; from the folder's name where not given",
        defaults.code, required=True, example="acme_leads",
    ),
    Question(
        "platform", Choice({"kommo": "Kommo", "amocrm": "amoCRM, which adds the locale ru"}), "Platform",
        "whose locales, documentation and rules apply", "kommo", asked=False,
    ),
    Question(
        "locales", Locales(), "Languages", "each gets a file of texts; all texts have each of them", ("en",),
        example=["en", "es"],
    ),
    Question(
        "name", TEXT, "Name", "the widget's name in the list of integrations and in cards",
        defaults.name_from_code,
        example="Acme leads",
    ),
    Question(
        "short_description", TEXT, "Short description", "one line in the list of integrations",
        defaults.short_description, example="Scores leads",
    ),
    Question(
        "description", TEXT, "Description", "what the installation window says of the widget",
        defaults.description,
        example="Scores every lead by its history.",
    ),
    Question(
        "version", VERSION, "Version", "raise it with every upload, so that caches let go of the old files",
        "1.0.0", asked=False,
    ),
    Question(
        "areas", Areas(), "Areas", "where the widget works; -1 uses the right-hand panel, -0 does not",
        required=True, starter=("lcard-1", "settings"), example=["lcard-1", "settings"],
    ),
    Question(
        "init_once", Flag(), "Start once a session?",
        "true keeps one widget object for the session, as telephony needs; false starts anew on each page",
        False, asked=False,
    ),
    Question(
        "public", Flag(), "Public integration?",
        "public integrations have a tour and are checked by the marketplace's rules", False, asked=False,
    ),
    Question(
        "settings", Table(_SETTING, "field", {}, minimum=1, only_once=_ONE_CUSTOM),
        "Fields of the installation window", "what an administrator fills in when installing",
        defaults.settings, areas=("settings",),
        example={"greeting": {"type": "text", "label": "Greeting", "required": True}},
    ),
    Question(
        "digital_pipeline.backend",
        Choice({
            "self_hosted": "your server answers; the endpoint is written for it",
            "widget_php": "the platform runs widget.php; the older form",
        }),
        "Who runs the back end?", "where the pipeline's events arrive", "self_hosted",
        areas=("digital_pipeline",), asked=False,
    ),
    Question(
        "digital_pipeline.webhook_url", OrLater(HTTPS_URL), "Address of your endpoint",
        "the pipeline posts its events there; only you know it", defaults.endpoint("digital_pipeline.php"),
        areas=("digital_pipeline",), required=True, unless="backend.url",
        only_if=("digital_pipeline.backend", "self_hosted"),
        example="https://hooks.acme.example/digital_pipeline.php",
    ),
    Question(
        "digital_pipeline.action_multiple", Flag(), "May the action span several stages?",
        "true lets one action of the pipeline cover several stages", False, areas=("digital_pipeline",),
        asked=False,
    ),
    Question(
        "digital_pipeline.fields", Table(_PIPELINE_FIELD, "field", {}, only_once=_ONE_CUSTOM),
        "Fields of the pipeline's action", "what a manager fills in for the action", defaults.pipeline_fields,
        areas=("digital_pipeline",), example={"message": {"type": "text", "label": "Message"}},
    ),
    Question(
        "card_sdk.tab",
        Choice({
            "products": "products that users link to the card; the CRM draws them",
            "content": "whatever the script draws",
        }),
        "What does the tab of the cards show?", "two different uses of the same callbacks", "products",
        into="card_tab", areas=("card_sdk",), asked=False,
    ),
    Question(
        "catalogs.list_id", OrLater(Number(1, 2**53 - 1)), "Id of the list",
        "the list whose elements the widget opens; its address in the CRM ends with it", into="list_id",
        areas=("catalogs",), required=True, example=1234,
    ),
    Question(
        "advanced_settings.title", TEXT, "Title of the settings page", "its name inside Settings",
        defaults.name,
        into="advanced_title", areas=("advanced_settings",), example="Scoring rules",
    ),
    Question(
        "salesbot_designer.handlers",
        Table(_HANDLER, "handler", {"logo": "the platform keeps it for the block's picture"}, minimum=1),
        "Blocks of the Salesbot builder", "each is a block that users put into a bot", defaults.handlers,
        into="handlers", areas=("salesbot_designer",),
        example={
            "score": {
                "name": "Score the lead",
                "fields": {"limit": {"type": "numeric", "label": "Limit", "manual": True}},
                "exits": {"done": "Done", "failed": "Failed"},
            },
        },
    ),
    Question(
        "sms.endpoint", OrLater(HTTPS_URL), "Address that sends SMS",
        "the account's system SMS are posted there; the platform calls it when you upload",
        defaults.endpoint("sms.php"), into="sms_endpoint",
        areas=("sms",), required=True, unless="backend.url", example="https://hooks.acme.example/sms.php",
    ),
    Question(
        "mobile_card.frame_url", OrLater(HTTPS_URL), "Address of the mobile page",
        "the app shows this page in its cards", defaults.endpoint("mobile.php"), into="mobile_frame_url",
        areas=("mobile_card",), required=True, unless="backend.url", example="https://hooks.acme.example/mobile.php",
    ),
    Question(
        "mobile_card.color", COLOUR, "Colour of the mobile block", "behind the block's title, which is white",
        "#204ecf", into="mobile_color", areas=("mobile_card",), asked=False,
    ),
    Question(
        "widget_page.title", TEXT, "Title in the left menu", "the name of the widget's own item",
        defaults.name,
        into="page_title", areas=("widget_page",), example="Acme",
    ),
    Question(
        "widget_page.items", Table(_ITEM, "item", {}), "Sub-items of the left menu",
        "each opens a page of its own", {}, into="page_items", areas=("widget_page",),
        example={"reports": {"title": "Reports"}},
    ),
    Question(
        "ai_agent.description", TEXT, "Description for AI agents",
        f"what the agent's settings say of it; up to {limits.AI_AGENT_DESCRIPTION_CHARS} characters show",
        defaults.ai_agent_description, into="ai_agent_description", areas=("ai_agent",),
        example="Answers questions about scores",
    ),
    Question(
        "backend.url", FOLDER_URL, "Address of your back end",
        "the folder on your server that holds digital_pipeline.php and the others; the widget asks it too",
        example="https://hooks.acme.example", asked=False,
    ),
    Question(
        "backend.oauth", Flag(), "May it use the API?",
        "true adds what asks an account for access and keeps the tokens", False,
        only_if=("backend.url", None), asked=False,
    ),
    Question(
        "backend.webhooks", Events(), "Events it listens to",
        "the account's own webhooks: each posts what happened to the back end", (),
        only_if=("backend.url", None), example=["add_lead", "status_lead"], asked=False,
    ),
    Question(
        "api", Flag(), "A client of the REST API?",
        "true adds widget/lib/api.js: reads and writes the account's data from the browser", False,
        asked=False,
    ),
    Question(
        "support.link", LINK, "Support page", "where the feedback button leads", into="support_link",
        example="https://acme.example/help", asked=False,
    ),
    Question(
        "support.email", EMAIL, "Support e-mail", "used where there is no support page", into="support_email",
        example="help@acme.example", asked=False,
    ),
    Question(
        "tour.slides", Number(1, limits.TOUR_MAX_SLIDES), "Slides of the tour",
        "placeholder slides for each locale; a public integration has at least one", defaults.slides,
        into="tour_slides", example=3, asked=False,
    ),
    Question(
        "template.source", overlay_source.SOURCE, "Your own template",
        "a cookiecutter template applied over the widget: a folder, a zip, a git address, gh:owner/name",
        into="template_source", example="gh:acme/widget-template", asked=False, offered=False,
    ),
    Question(
        "template.checkout", overlay_source.CHECKOUT, "Checkout",
        "which branch, tag or commit of its repository",
        into="template_checkout", example="v1.2.0", asked=False, offered=False,
    ),
    Question(
        "template.commit", overlay_source.COMMIT, "Commit",
        "recorded: takes this very commit, whatever a branch says by now",
        into="template_commit", asked=False, offered=False,
    ),
    Question(
        "template.sha256", overlay_source.SHA256, "Checksum",
        "recorded of a template outside of git: refuses files that have changed since",
        into="template_sha256", asked=False, offered=False,
    ),
    Question(
        "template.answers", overlay_source.ANSWERS, "Answers to the template",
        "by the names in its cookiecutter.json",
        into="template_answers", example={"license": "MIT"}, asked=False, offered=False,
    ),
    Question(
        "logo", Picture(), "Logo", "a picture, fitted into every size; without it one is drawn from the name",
        example="./acme.png", asked=False,
    ),
)  # fmt: skip

BY_KEY: dict[str, Question] = {question.key: question for question in QUESTIONS}

TEMPLATE_ANSWERS = "template.answers"
"""The question whose answer holds those to a template's own questions."""

SHORTHANDS: dict[str, str] = {"template": "template.source"}
"""Block -> the question that a single value in place of the block answers."""


def applies(question: Question, draft: Draft) -> bool:
    """Return whether `question` is asked and its answer allowed, given what is answered so far."""
    if question.areas and not draft.has(*question.areas):
        return False
    if question.only_if is None:
        return True
    other, answer = question.only_if
    value = value_of(BY_KEY[other], draft)
    return value is not None if answer is None else bool(value == answer)


def value_of(question: Question, draft: Draft) -> Any:
    """Return the answer as a plain value: the one given, else the default, else None."""
    if question.key in draft:
        return draft[question.key]
    return question.default_for(Subject(draft, code_of(draft)))


def code_of(draft: Draft) -> str:
    """Return the widget's code as answered or derived; empty while there is none."""
    code = draft.get("code") or defaults.code(Subject(draft, ""))
    return code if isinstance(code, str) else ""


def missing(draft: Draft) -> list[Question]:
    """Return the questions that must be answered, apply, and have no answer yet."""
    return [
        question
        for question in QUESTIONS
        if question.required and applies(question, draft) and value_of(question, draft) is None
    ]


def starting(draft: Draft) -> Draft:
    """Return the draft with the starters filled in where nothing is answered, as `--defaults` does."""
    for question in QUESTIONS:
        if question.starter is not None and question.key not in draft:
            draft = draft.answer(question.key, list(question.starter))
    return draft


def relevant(draft: Draft) -> Draft:
    """Return the draft without what no longer applies: answers of an area taken back, texts of a locale."""
    for key in list(draft):
        if not applies(BY_KEY[key], draft):
            draft = draft.without(key)
        elif isinstance(BY_KEY[key].kind, Text) and isinstance(text := draft[key], dict):
            draft = draft.answer(key, {locale: text[locale] for locale in draft.locales if locale in text})
    return draft
