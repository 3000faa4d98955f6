"""Questions about what a widget may have in any area: a back end, help, a template of the user's, a logo."""

from scaffold.generate.answers import defaults
from scaffold.generate.answers.blocks import Backend, Support, Template, Tour
from scaffold.generate.answers.kinds import overlay_source
from scaffold.generate.answers.kinds.choices import Flag, Number
from scaffold.generate.answers.kinds.events import Events
from scaffold.generate.answers.kinds.lines import EMAIL, FOLDER_URL, LINK
from scaffold.generate.answers.kinds.picture import Picture
from scaffold.generate.answers.question import Block, Question
from scaffold.kommo import limits

EXTRAS: tuple[Question | Block, ...] = (
    Block("backend", Backend, (
        Question(
            "backend.url", FOLDER_URL, "Address of your back end",
            "the folder on your server that holds digital_pipeline.php and the others;"
            " the widget asks it too",
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
    )),
    Question(
        "api", Flag(), "A client of the REST API?",
        "true adds widget/lib/api.js: reads and writes the account's data from the browser", False,
        asked=False,
    ),
    Block("support", Support, (
        Question(
            "support.link", LINK, "Support page", "where the feedback button leads",
            example="https://acme.example/help", asked=False,
        ),
        Question(
            "support.email", EMAIL, "Support e-mail", "used where there is no support page",
            example="help@acme.example", asked=False,
        ),
    )),
    Block("tour", Tour, (
        Question(
            "tour.slides", Number(1, limits.TOUR_MAX_SLIDES), "Slides of the tour",
            "placeholder slides for each locale; a public integration has at least one", defaults.slides,
            example=3, asked=False,
        ),
    )),
    Block("template", Template, (
        Question(
            "template.source", overlay_source.SOURCE, "Your own template",
            "a cookiecutter template applied over the widget: a folder, a zip, a git address, gh:owner/name",
            example="gh:acme/widget-template", asked=False, offered=False,
        ),
        Question(
            "template.checkout", overlay_source.CHECKOUT, "Checkout",
            "which branch, tag or commit of its repository",
            example="v1.2.0", asked=False, offered=False,
        ),
        Question(
            "template.commit", overlay_source.COMMIT, "Commit",
            "recorded: takes this very commit, whatever a branch says by now",
            asked=False, offered=False,
        ),
        Question(
            "template.sha256", overlay_source.SHA256, "Checksum",
            "recorded of a template outside of git: refuses files that have changed since",
            asked=False, offered=False,
        ),
        Question(
            "template.answers", overlay_source.ANSWERS, "Answers to the template",
            "by the names in its cookiecutter.json",
            example={"license": "MIT"}, asked=False, offered=False,
        ),
    )),
    Question(
        "logo", Picture(), "Logo", "a picture, fitted into every size; without it one is drawn from the name",
        example="./acme.png", asked=False,
    ),
)  # fmt: skip
