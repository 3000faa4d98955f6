"""The answers that a well-formed file gives, and the defaults of those it leaves out."""

import io
from pathlib import Path

import pytest

from scaffold.generate.answers.blocks import (
    AdvancedSettings,
    AiAgent,
    Backend,
    Catalogs,
    DigitalPipeline,
    Exit,
    Field,
    Handler,
    MenuItem,
    MobileCard,
    SalesbotDesigner,
    Sms,
    Support,
    Tour,
    WidgetPage,
)
from scaffold.generate.answers.draft import Draft
from scaffold.generate.answers.faults import AnswersError
from scaffold.generate.answers.reading import draft_of, read_source
from scaffold.generate.answers.registry import QUESTIONS
from scaffold.generate.answers.validate import complete, load
from scaffold.kommo.area import Area
from scaffold.kommo.areas import AREAS
from scaffold.kommo.location import Location
from tests.generate.answers.asking import answers_of, faults_of, in_file

ACME = """\
code: acme_leads
name: {en: Acme leads, es: Acme prospectos}
short_description: Scores leads
description: Scores every lead by its history.
version: 1.0.0
locales: [en, es]
platform: kommo
init_once: true
support: {link: "https://acme.example/help", email: help@acme.example}
areas: [lcard-1, llist-0, settings, digital_pipeline, catalogs, advanced_settings, salesbot_designer, sms,
  mobile_card, widget_page, ai_agent]
settings:
  greeting: {type: pass, label: Greeting, required: true}
digital_pipeline:
  webhook_url: https://hooks.acme.example/digital_pipeline.php?k=1
  action_multiple: true
  fields: {message: {type: text, label: Message, required: true}}
catalogs: {list_id: 1234}
advanced_settings: {title: Scoring rules}
salesbot_designer:
  handlers:
    score:
      name: Score
      fields: {limit: {type: numeric, label: Limit, manual: true}}
      exits: {done: {en: Done, es: Hecho}, late: Late}
sms: {endpoint: "https://hooks.acme.example/sms.php"}
mobile_card: {frame_url: "https://hooks.acme.example/mobile.php", color: "#123456"}
widget_page: {title: Acme, items: {reports: {title: Reports}}}
ai_agent: {description: Answers questions about scores}
tour: {slides: 3}
public: true
api: true
backend: {url: https://hooks.acme.example/kommo/, oauth: true, webhooks: [add_lead, note_lead]}
"""


def both(text: str) -> dict[str, str]:
    return {"en": text, "es": text}


def test_every_answer_is_read() -> None:
    answers = answers_of(ACME)

    assert answers.code == "acme_leads"
    assert answers.name == {"en": "Acme leads", "es": "Acme prospectos"}
    assert answers.short_description == both("Scores leads")
    assert answers.locales == ("en", "es")
    assert answers.areas[:3] == (Location("lcard", True), Location("llist", False), Location("settings"))
    assert answers.init_once is True
    assert answers.public is True
    assert answers.support == Support("https://acme.example/help", "help@acme.example")
    assert answers.settings == (Field("greeting", "pass", both("Greeting"), required=True),)
    assert answers.digital_pipeline == DigitalPipeline(
        fields=(Field("message", "text", both("Message"), required=True),),
        action_multiple=True,
        webhook_url="https://hooks.acme.example/digital_pipeline.php?k=1",
    )
    assert answers.catalogs == Catalogs(1234)
    assert answers.advanced_settings == AdvancedSettings(both("Scoring rules"))
    assert answers.salesbot_designer == SalesbotDesigner(
        (
            Handler(
                "score",
                both("Score"),
                (Field("limit", "numeric", both("Limit"), manual=True),),
                (Exit("done", {"en": "Done", "es": "Hecho"}), Exit("late", both("Late"))),
            ),
        )
    )
    assert answers.sms == Sms("https://hooks.acme.example/sms.php")
    assert answers.mobile_card == MobileCard("https://hooks.acme.example/mobile.php", "#123456")
    assert answers.widget_page == WidgetPage(both("Acme"), (MenuItem("reports", both("Reports")),))
    assert answers.ai_agent == AiAgent(both("Answers questions about scores"))
    assert answers.tour == Tour(3)
    assert answers.api is True
    assert answers.backend == Backend(
        "https://hooks.acme.example/kommo/", oauth=True, webhooks=("add_lead", "note_lead")
    )
    assert answers.backend.page("card.php") == "https://hooks.acme.example/kommo/card.php"


def test_a_missing_answer_has_a_default() -> None:
    answers = answers_of(
        "code: acme_leads\nareas: [settings, digital_pipeline, advanced_settings, salesbot_designer,"
        " mobile_card, ai_agent]\ndigital_pipeline: {webhook_url: https://acme.example}\n"
        "mobile_card: {frame_url: https://acme.example}\n"
    )

    assert answers.name == {"en": "Acme leads"}
    assert answers.advanced_settings == AdvancedSettings(answers.name)
    assert answers.short_description == {"en": "New tools for your CRM"}
    assert answers.ai_agent == AiAgent(answers.short_description)
    assert answers.version == "1.0.0"
    assert answers.locales == ("en",)
    assert answers.platform == "kommo"
    assert answers.settings == (Field("greeting", "text", {"en": "Greeting"}),)
    assert answers.digital_pipeline is not None
    assert answers.digital_pipeline.fields == (Field("message", "text", {"en": "Message"}),)
    assert answers.salesbot_designer == SalesbotDesigner(
        (
            Handler(
                "send_text",
                {"en": "Send a message"},
                (Field("text", "text", {"en": "Text"}, manual=True),),
                (Exit("done", {"en": "Success"}), Exit("failed", {"en": "Failed"})),
            ),
        )
    )
    assert answers.mobile_card == MobileCard("https://acme.example", "#204ecf")
    assert answers.tour == Tour(0)
    assert answers.logo is None
    assert answers.api is False
    assert answers.backend is None


def test_endpoints_derive_from_the_address_of_the_back_end() -> None:
    answers = answers_of(
        "code: acme\nareas: [digital_pipeline, sms, mobile_card]\nbackend: {url: https://acme.example/a/}\n"
        "sms: {endpoint: https://other.example/sms}\n"
    )

    assert answers.digital_pipeline is not None
    assert answers.digital_pipeline.webhook_url == "https://acme.example/a/digital_pipeline.php"
    assert answers.mobile_card == MobileCard("https://acme.example/a/mobile.php", "#204ecf")
    assert answers.sms == Sms("https://other.example/sms")
    assert answers.backend == Backend("https://acme.example/a/")


def test_widget_php_has_no_address_beside_a_back_end() -> None:
    answers = answers_of(
        "code: acme\nareas: [digital_pipeline]\ndigital_pipeline: {backend: widget_php}\n"
        "backend: {url: https://acme.example}\n"
    )

    assert answers.digital_pipeline is not None
    assert answers.digital_pipeline.webhook_url == ""


def test_a_public_widget_gets_one_slide() -> None:
    assert answers_of(in_file("public: true\n")).tour == Tour(1)


@pytest.mark.parametrize(
    ("platform", "locales"),
    [
        pytest.param("kommo", ["en", "es", "pt", "tr", "id"], id="kommo"),
        pytest.param("amocrm", ["ru", "en", "es", "pt"], id="amocrm"),
    ],
)
def test_default_texts_are_in_the_language_of_each_locale(platform: str, locales: list[str]) -> None:
    listed = ", ".join(locales)
    answers = answers_of(f"code: a\nareas: [settings]\nplatform: {platform}\nlocales: [{listed}]\n")

    labels = {
        "ru": "Приветствие", "en": "Greeting", "es": "Saludo",
        "pt": "Saudação", "tr": "Kar\u015f\u0131lama metni", "id": "Sapaan",
    }  # fmt: skip
    assert answers.settings[0].label == {locale: labels[locale] for locale in locales}
    assert list(answers.description) == locales


@pytest.mark.parametrize("locale", ["tr", "id"])
def test_amocrm_refuses_locales_of_kommo_alone(locale: str) -> None:
    with pytest.raises(AnswersError) as caught:
        answers_of(f"code: a\nareas: [settings]\nplatform: amocrm\nlocales: [ru, {locale}]\n")
    assert [fault.column for fault in caught.value.faults] == [15]


@pytest.mark.parametrize("area", AREAS, ids=lambda area: area.code)
def test_every_area_can_be_chosen_alone(area: Area) -> None:
    needs = [f"{each.key}={each.example}" for each in QUESTIONS if each.required and area.code in each.areas]
    needs += ["public=true"] if area.public_only else []
    areas = ",".join([area.code, *area.needs_one_of[:1]])

    answers = load(overrides=[f"areas={areas}", *needs], folder_name="acme")

    assert answers.has(area.code)


def test_defaults_are_a_lead_card_and_the_installation_window() -> None:
    answers = load(defaults=True, folder_name="demo")

    assert [str(location) for location in answers.areas] == ["lcard-1", "settings"]
    assert answers.locales == ("en",)


@pytest.mark.parametrize(
    ("folder", "code"),
    [
        ("acme_leads", "acme_leads"),
        ("Acme Leads!", "acme_leads"),
        ("Ácme-leads 2", "acme_leads_2"),
        ("__x__", "x"),
    ],
)
def test_the_code_derives_from_the_name_of_the_folder(folder: str, code: str) -> None:
    assert load(defaults=True, folder_name=folder).code == code


@pytest.mark.parametrize("folder", ["42", "Лиды", "..."])
def test_a_folder_name_that_gives_no_code_is_a_fault(folder: str) -> None:
    with pytest.raises(AnswersError) as caught:
        load(defaults=True, folder_name=folder)

    assert caught.value.details == (
        f"`code` is missing, and the folder's name `{folder}` gives none: "
        "give it in the answers file, or with --set code=acme_leads",
    )


HOSTILE = {
    "quotes": "Say \"hi\" & 'bye'",
    "backslash": "C:\\new\\table",
    "newline": "one\ntwo\n",
    "jinja": "{{ 7*7 }} {% raw %}",
    "script": "</script><!--",
    "template-literal": "${x} `y`",
    "php": "<?php echo 1; ?>",
    "emoji": "\U0001f600\u200d\U0001f468",
    "right-to-left": "\u202e\u05e9\u05dc\u05d5\u05dd \u0645\u0631",
    "separators": "a\u2028b\u2029c\x85d\ufeff",
    "yaml": "- a: &b *c !d | > % @ `",
    "word": "null",
    "blanks": "  a  ",
    "long": "x" * 10_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_kept_as_they_are(text: str) -> None:
    assert load(overrides=["code=a", "areas=lcard", f"name={text}"]).name == {"en": text}


def test_the_path_of_a_logo_is_relative_to_the_answers_file(tmp_path: Path) -> None:
    (tmp_path / "acme.png").write_bytes(b"\x89PNG")

    assert answers_of(in_file("logo: ./acme.png\n"), tmp=tmp_path).logo == b"\x89PNG"


def test_a_logo_of_more_than_20_mb_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "acme.png").open("wb") as file:
        file.truncate(20_000_001)

    assert faults_of(in_file("logo: acme.png\n"), tmp=tmp_path) == [
        "3:7: `logo` is larger than 20 MB: `acme.png`"
    ]


def test_a_missing_answer_is_reported_with_the_ways_to_give_it() -> None:
    with pytest.raises(AnswersError) as caught:
        complete(Draft())

    assert caught.value.details == (
        "`code` is missing: give it in the answers file, or with --set code=acme_leads",
        "`areas` is missing: give it in the answers file, or with --set areas=lcard-1,settings",
    )


def test_a_draft_has_the_given_answers_as_plain_values() -> None:
    draft = draft_of(read_source("-", io.BytesIO(b"name: {en: A}\nsupport: {email: a@b.example}\n")))

    assert dict(draft) == {"name": {"en": "A"}, "support.email": "a@b.example"}
