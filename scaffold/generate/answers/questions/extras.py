"""Questions that do not depend on the areas: back end, support, tour, the user's own template, logo."""

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
            "the folder on your server that serves digital_pipeline.php and the other endpoints;"
            " the widget calls it too",
            example="https://hooks.acme.example", on_request=True,
        ),
        Question(
            "backend.oauth", Flag(), "Does it use the API?",
            "true adds code that asks an account for access and stores the tokens", False,
            only_if=("backend.url", None), on_request=True,
        ),
        Question(
            "backend.webhooks", Events(), "Events it listens to",
            "the account posts each of these events to the back end", (),
            only_if=("backend.url", None), example=["add_lead", "status_lead"], on_request=True,
        ),
    )),
    Question(
        "api", Flag(), "Add a client for the REST API?",
        "true adds widget/lib/api.js, which reads and writes the account's data from the browser", False,
        on_request=True,
    ),
    Block("support", Support, (
        Question(
            "support.link", LINK, "Support page", "where the feedback button leads",
            example="https://acme.example/help", on_request=True,
        ),
        Question(
            "support.email", EMAIL, "Support e-mail", "used if there is no support page",
            example="help@acme.example", on_request=True,
        ),
    )),
    Block("tour", Tour, (
        Question(
            "tour.slides", Number(1, limits.TOUR_MAX_SLIDES), "Slides of the tour",
            "placeholder slides for each locale; a public integration needs at least one", defaults.slides,
            example=3, on_request=True,
        ),
    )),
    Block("template", Template, (
        Question(
            "template.source", overlay_source.SOURCE, "Your own template",
            "a cookiecutter template applied on top of the widget:"
            " a folder, a zip, a git address or gh:owner/name",
            example="gh:acme/widget-template", on_request=True, offered=False,
        ),
        Question(
            "template.checkout", overlay_source.CHECKOUT, "Checkout",
            "the branch, tag or commit of its repository to use",
            example="v1.2.0", on_request=True, offered=False,
        ),
        Question(
            "template.commit", overlay_source.COMMIT, "Commit",
            "recorded by kommo-widget: pins this exact commit, wherever a branch points now",
            on_request=True, offered=False,
        ),
        Question(
            "template.sha256", overlay_source.SHA256, "Checksum",
            "recorded by kommo-widget for a template outside git: rejects files that have changed",
            on_request=True, offered=False,
        ),
        Question(
            "template.answers", overlay_source.ANSWERS, "Answers to the template's questions",
            "answers by the names in its cookiecutter.json",
            example={"license": "MIT"}, on_request=True, offered=False,
        ),
    )),
    Question(
        "logo", Picture(), "Logo",
        "a picture, scaled to every size; without one, placeholders are drawn from the name",
        example="./acme.png", on_request=True,
    ),
)  # fmt: skip
