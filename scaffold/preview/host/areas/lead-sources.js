/** Lead sources: the widget becomes a source of a pipeline. */

import { button, drawPage, notice } from "../crm.js";
import { quiet } from "../quiet.js";
import { h } from "../ui/dom.js";
import { click, tryButtons } from "../user.js";

/** @param {import("../stage.js").Stage} stage */
export async function open(stage) {
  const [pipeline] = stage.demo.data.pipelines;
  stage.enter("lead_sources", { id: pipeline.id });
  stage.panel.remove();
  const list = h("ul.crm-sources", {}, h("li", {}, "No source yet"));
  const add = async () => {
    stage.pipelineId = pipeline.id;
    list.replaceChildren(
      h(
        "li.crm-sources__item",
        {},
        h("strong", {}, stage.name),
        h("span", {}, `source of “${pipeline.name}”, pipeline_id ${pipeline.id}`),
      ),
    );
    await stage.call("onAddAsSource", [pipeline.id], { optional: true });
  };
  drawPage(
    stage,
    {
      title: pipeline.name,
      crumbs: "Lead sources",
      buttons: [button(`Add ${stage.name}`, add, "button-input_blue")],
    },
    notice(
      "Sources of this pipeline",
      "Adding the widget calls onAddAsSource(pipeline_id); get_pipeline_id() resolves from then on.",
    ),
    list,
  );
  await stage.startWidget();
  return { add };
}

export async function drive(stage) {
  click(document.querySelector(".list__body-right__top__buttons button"));
  await quiet(stage, 60);
  await tryButtons(stage);
}
