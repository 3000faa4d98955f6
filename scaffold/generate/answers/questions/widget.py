"""The questions for every widget: its name, its areas, its languages."""

from scaffold.generate.answers import defaults
from scaffold.generate.answers.kinds.choices import Areas, Choice, Flag, Locales
from scaffold.generate.answers.kinds.lines import CODE, VERSION
from scaffold.generate.answers.kinds.text import TEXT
from scaffold.generate.answers.question import Question

WIDGET: tuple[Question, ...] = (
    Question(
        "code", CODE, "Code of the widget",
        "names the folder, the CSS class and the handlers; derived from the folder's name if not given",
        defaults.code, required=True, example="acme_leads",
    ),
    Question(
        "platform", Choice({"kommo": "Kommo", "amocrm": "amoCRM, which adds the locale ru"}), "Platform",
        "whose locales, documentation and rules apply", "kommo", on_request=True,
    ),
    Question(
        "locales", Locales(), "Languages", "the widget's languages; each gets a file of texts", ("en",),
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
        "description", TEXT, "Description", "the text of the installation window",
        defaults.description,
        example="Scores every lead by its history.",
    ),
    Question(
        "version", VERSION, "Version", "raise it with every upload, so that caches drop the old files",
        "1.0.0", on_request=True,
    ),
    Question(
        "areas", Areas(), "Areas", "where the widget works; -1 uses the right-hand panel, -0 does not",
        required=True, starter=("lcard-1", "settings"), example=["lcard-1", "settings"],
    ),
    Question(
        "init_once", Flag(), "Start once per session?",
        "true keeps one widget object for the session, as telephony needs; false makes one for each page",
        False, on_request=True,
    ),
    Question(
        "public", Flag(), "Public integration?",
        "public integrations have a tour and must follow the marketplace's rules", False, on_request=True,
    ),
)  # fmt: skip
