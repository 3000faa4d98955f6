"""Questions about every widget: what it is called, where it works, in which languages."""

from scaffold.generate.answers import defaults
from scaffold.generate.answers.kinds.choices import Areas, Choice, Flag, Locales
from scaffold.generate.answers.kinds.lines import CODE, VERSION
from scaffold.generate.answers.kinds.text import TEXT
from scaffold.generate.answers.question import Question

WIDGET: tuple[Question, ...] = (
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
)  # fmt: skip
