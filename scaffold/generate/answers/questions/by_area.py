"""The questions of each area, in the order of the areas."""

from scaffold.generate.answers import defaults
from scaffold.generate.answers.blocks import (
    AdvancedSettings,
    AiAgent,
    CardSdk,
    Catalogs,
    DigitalPipeline,
    MobileCard,
    SalesbotDesigner,
    Sms,
    WidgetPage,
)
from scaffold.generate.answers.kinds.choices import Choice, Flag, Number
from scaffold.generate.answers.kinds.later import OrLater
from scaffold.generate.answers.kinds.lines import COLOUR, HTTPS_URL
from scaffold.generate.answers.kinds.tables import Table
from scaffold.generate.answers.kinds.text import TEXT
from scaffold.generate.answers.question import Block, Question
from scaffold.generate.answers.questions.rows import HANDLER, ITEM, ONE_CUSTOM, PIPELINE_FIELD, SETTING
from scaffold.kommo import limits

BY_AREA: tuple[Question | Block, ...] = (
    Question(
        "settings", Table(SETTING, "field", {}, minimum=1, only_once=ONE_CUSTOM),
        "Fields of the installation window", "what an administrator fills in when installing",
        defaults.settings, areas=("settings",),
        example={"greeting": {"type": "text", "label": "Greeting", "required": True}},
    ),
    Block("digital_pipeline", DigitalPipeline, (
        Question(
            "digital_pipeline.backend",
            Choice({
                "self_hosted": "your own server, for which the endpoint is generated",
                "widget_php": "the platform, which runs widget.php; the older form",
            }),
            "Who runs the back end?", "where the pipeline's events arrive", "self_hosted",
            areas=("digital_pipeline",), on_request=True,
        ),
        Question(
            "digital_pipeline.webhook_url", OrLater(HTTPS_URL, "manifest.json, dp.webhook_url"),
            "Address of your endpoint", "where the pipeline posts its events, on your own server",
            defaults.endpoint("digital_pipeline.php"),
            areas=("digital_pipeline",), required=True, unless="backend.url",
            only_if=("digital_pipeline.backend", "self_hosted"),
            example="https://hooks.acme.example/digital_pipeline.php",
        ),
        Question(
            "digital_pipeline.action_multiple", Flag(), "Can the action span several stages?",
            "true lets one action of the pipeline cover several stages", False, areas=("digital_pipeline",),
            on_request=True,
        ),
        Question(
            "digital_pipeline.fields", Table(PIPELINE_FIELD, "field", {}, only_once=ONE_CUSTOM),
            "Fields of the pipeline's action", "what a manager fills in for the action",
            defaults.pipeline_fields, areas=("digital_pipeline",),
            example={"message": {"type": "text", "label": "Message"}},
        ),
    )),
    Block("card_sdk", CardSdk, (
        Question(
            "card_sdk.tab",
            Choice({
                "products": "products that users link to the card; the CRM draws them",
                "content": "whatever the script draws",
            }),
            "What does the tab in cards show?", "the same callbacks have two different uses", "products",
            areas=("card_sdk",), on_request=True,
        ),
    )),
    Block("catalogs", Catalogs, (
        Question(
            "catalogs.list_id", OrLater(Number(1, 2**53 - 1), "script.js, LIST_ID"), "Id of the list",
            "the list whose elements the widget opens; its address in the CRM ends with this number",
            areas=("catalogs",), required=True, example=1234,
        ),
    )),
    Block("advanced_settings", AdvancedSettings, (
        Question(
            "advanced_settings.title", TEXT, "Title of the settings page", "the page's name inside Settings",
            defaults.name, areas=("advanced_settings",), example="Scoring rules",
        ),
    )),
    Block("salesbot_designer", SalesbotDesigner, (
        Question(
            "salesbot_designer.handlers",
            Table(HANDLER, "handler", {"logo": "the platform uses it for the block's picture"}, minimum=1),
            "Handlers of the Salesbot builder", "each is a block that users put into a bot",
            defaults.handlers,
            areas=("salesbot_designer",),
            example={
                "score": {
                    "name": "Score the lead",
                    "fields": {"limit": {"type": "numeric", "label": "Limit", "manual": True}},
                    "exits": {"done": "Done", "failed": "Failed"},
                },
            },
        ),
    )),
    Block("sms", Sms, (
        Question(
            "sms.endpoint", OrLater(HTTPS_URL, "manifest.json, sms.endpoint"), "Address that sends SMS",
            "the platform posts the account's system SMS there, and calls it when you upload",
            defaults.endpoint("sms.php"), areas=("sms",), required=True, unless="backend.url",
            example="https://hooks.acme.example/sms.php",
        ),
    )),
    Block("mobile_card", MobileCard, (
        Question(
            "mobile_card.frame_url", OrLater(HTTPS_URL, "manifest.json, mobile.frame_url"),
            "Address of the mobile page", "the app shows this page in its cards",
            defaults.endpoint("mobile.php"), areas=("mobile_card",), required=True, unless="backend.url",
            example="https://hooks.acme.example/mobile.php",
        ),
        Question(
            "mobile_card.color", COLOUR, "Colour of the mobile block",
            "the background of the block's title, which is white", "#204ecf",
            areas=("mobile_card",), on_request=True,
        ),
    )),
    Block("widget_page", WidgetPage, (
        Question(
            "widget_page.title", TEXT, "Title in the left menu", "the name of the widget's own item",
            defaults.name, areas=("widget_page",), example="Acme",
        ),
        Question(
            "widget_page.items", Table(ITEM, "item", {}), "Sub-items of the left menu",
            "each opens its own page", {}, areas=("widget_page",),
            example={"reports": {"title": "Reports"}},
        ),
    )),
    Block("ai_agent", AiAgent, (
        Question(
            "ai_agent.description", TEXT, "Description for AI agents",
            f"shown in the agent's settings, up to {limits.AI_AGENT_DESCRIPTION_CHARS} characters",
            defaults.ai_agent_description, areas=("ai_agent",),
            example="Answers questions about scores",
        ),
    )),
)  # fmt: skip
