"""The four forms of `render`, `render_template`, and the system controls with their behaviour."""

import json
from pathlib import Path
from typing import Any

import pytest

from scaffold.preview.server.state import controls
from tests.preview.page.conftest import Play
from tests.preview.page.playing import Played, probe

SELF = "APP.widgets.list.probe"


@pytest.fixture
def panel(play: Play, tmp_path: Path) -> Played:
    folder = probe(tmp_path / "made")
    (folder / "hello.twig").write_text("<b>{{ name }}</b>", encoding="utf-8")
    played = play(folder)
    played.show("lcard")
    return played


FORMS = {
    "data": f"{SELF}.render({{data: '<b>{{{{ name }}}}</b>'}}, {{name: 'Ann'}})",
    "load": f"""new Promise(done => {SELF}.render({{href: '/hello.twig', base_path: {SELF}.params.path,
        load: template => done(template.render({{name: 'Ann'}}))}}))""",
    "no slash": f"""new Promise(done => {SELF}.render({{href: 'hello.twig', base_path: {SELF}.params.cdn_path,
        v: {SELF}.get_version(), load: template => done(template.render({{name: 'Ann'}}))}}))""",
    "promised": f"""{SELF}.render({{href: '/hello.twig', base_path: {SELF}.params.path, promised: true}})
        .then(template => template.render({{name: 'Ann'}}))""",
}


@pytest.mark.parametrize("form", FORMS)
def test_form_of_render(panel: Played, form: str) -> None:
    assert panel.inside(FORMS[form]) == "<b>Ann</b>"


def test_render_template_draws_a_block_in_the_panel(panel: Played) -> None:
    panel.inside(f"""{SELF}.render_template({{caption: {{class_name: 'mine'}}, body: '<i>1</i>',
        render: '<i>{{{{ n }}}}</i>'}}, {{n: 2}})""")
    block = panel.stage.locator("#widgets_block .card-widgets__widget.card-widgets__widget-probe")
    assert block.locator(".card-widgets__widget__body.js-body-hide").inner_html() == "<i>1</i><i>2</i>"
    caption = block.locator(".card-widgets__widget__caption.js-widget-caption-block.mine")
    caption.click()
    assert not block.locator(".card-widgets__widget__body").is_visible()


def test_render_template_needs_a_panel(play: Play) -> None:
    played = play(locations=["lcard-0"])
    played.show("lcard")
    played.inside(f"{SELF}.render_template({{body: '<i></i>'}})")
    assert "render_template shows nothing here: this page gives the widget no panel" in played.log("warned")


CONTROLS: dict[str, tuple[dict[str, Any], str]] = {
    "input": ({"name": "a", "value": '"<1>'}, "input.text-input[name=a]"),
    "textarea": (
        {"name": "a", "style": {"width": "9px"}}, "textarea.text-input.text-input-textarea[style*=width]",
    ),
    "button": ({"text": "Go", "id": "go"}, "button#go.button-input .button-input-inner__text"),
    "cancel_button": ({"text": "No"}, "button.button-input.button-cancel"),
    "delete_button": ({"text": "Delete"}, "span.button-delete"),
    "checkbox": (
        {"name": "a", "checked": True}, ".control-checkbox.is-checked .control-checkbox__body input:checked",
    ),
    "radio": (
        {"name": "a", "value": 1, "selected": True}, ".control-radio__label .control-radio input:checked",
    ),
    "select": (
        {"items": [{"id": 1, "option": "One"}, {"id": 2, "option": "Two"}], "selected": 2, "name": "a"},
        ".control--select input.control--select--input[name=a][value='2']",
    ),
    "checkboxes_dropdown": (
        {"items": [{"id": 1, "option": "One", "is_checked": True}]},
        ".checkboxes_dropdown .checkboxes_dropdown__item input.js-item-checkbox:checked",
    ),
    "checkboxes_dropdown/values_title": ({"items": []}, ".checkboxes_dropdown .js-master-checkbox"),
    "date_field": ({"name": "a"}, ".date_field_wrapper input.date_field[name=a]"),
    "suggest": (
        {"items": [{"id": 7, "value": "Seven"}], "selected": 7},
        ".control--suggest ul.control--suggest--list li[data-value-id='7']",
    ),
    "multiselect": (
        {"items": [{"id": 1, "option": "One"}], "values": [1], "name": "a"},
        "select[multiple] option:checked",
    ),
    "file": ({"name": "a"}, "input[type=file][name=a]"),
    "switcher": ({"id": "s", "checked": True}, ".switcher_wrapper .switcher.switcher__on"),
    "pipeline_select/index": (
        {"items": [{"id": 1, "name": "Sales", "statuses": [{"id": 2, "name": "New"}]}]},
        ".pipeline-select input[value='2']",
    ),
}  # fmt: skip
"""Control -> its parameters, and an element that it draws."""


@pytest.mark.parametrize("name", CONTROLS)
def test_control(panel: Played, name: str) -> None:
    params, selector = CONTROLS[name]
    reference = json.dumps(f"/tmpl/controls/{name}.twig")
    found = f"$('<div>').html(%s).find({json.dumps(selector)}).length"
    assert panel.inside(found % f"{SELF}.render({{ref: {reference}}}, {json.dumps(params)})") == 1
    assert panel.inside(found % f"require('twigjs')({{ref: {reference}}}).render({json.dumps(params)})") == 1


def test_every_control_has_a_test() -> None:
    tested = {name.partition("/")[0] for name in CONTROLS}
    assert tested | {"widget_param"} == set(controls())


def test_include_control(panel: Played) -> None:
    text = "{{ include_control('input', {name: 'a'}) }}"
    assert 'name="a"' in panel.inside(f"{SELF}.render({{data: {json.dumps(text)}}}, {{}})")


def test_an_unknown_control_draws_nothing_and_is_logged(panel: Played) -> None:
    assert panel.inside(f"{SELF}.render({{ref: '/tmpl/controls/clock.twig'}}, {{}})") == ""
    assert "template /tmpl/controls/clock.twig is not in the preview" in panel.log("warned")


def _draw(panel: Played, name: str, params: dict[str, Any]) -> None:
    panel.inside(f"""{SELF}.render_template({{body:
        {SELF}.render({{ref: '/tmpl/controls/{name}.twig'}}, {json.dumps(params)})}})""")


def test_a_select_sets_its_input_and_triggers_change(panel: Played) -> None:
    _draw(panel, "select", CONTROLS["select"][0])
    panel.inside("$('.control--select--input').on('change', function () { window.heard = $(this).val(); })")
    panel.stage.locator(".control--select--button").click()
    panel.stage.locator(".control--select--list--item[data-value='1']").click()
    assert panel.inside("[window.heard, $('.control--select--button').attr('data-value')]") == ["1", "1"]
    assert not panel.stage.locator(".control--select--list").is_visible()


def test_a_checkbox_has_its_class_before_the_widget_s_handlers_run(panel: Played) -> None:
    _draw(panel, "checkbox", {"name": "a", "text": "A"})
    heard = "window.heard = $(this).hasClass('is-checked')"
    panel.inside(f"{{ $('.card-widgets .control-checkbox').on('change', function () {{ {heard}; }}) }}")
    panel.stage.locator(".card-widgets .control-checkbox").click()
    assert panel.inside("window.heard") is True
    panel.inside("$('.card-widgets .control-checkbox input').prop('checked', false).trigger('change')")
    assert panel.inside("$('.card-widgets .control-checkbox').hasClass('is-checked')") is False


def test_a_dropdown_counts(panel: Played) -> None:
    items = [{"id": 1, "option": "One"}, {"id": 2, "option": "Two"}]
    _draw(
        panel, "checkboxes_dropdown", {"items": items, "title_numeral": "user,users", "title_empty": "Nobody"}
    )
    title = panel.stage.locator(".checkboxes_dropdown__title")
    assert title.inner_text() == "Nobody"
    title.click()
    panel.stage.locator(".js-item-checkbox").first.check()
    assert title.inner_text() == "One"
    panel.stage.locator(".js-master-checkbox").check()
    assert title.inner_text() == "2 users"
