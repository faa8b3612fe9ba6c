import type { Report } from "../../shared/messages/report";
import { outcomeOfCluster } from "../../shared/messages/reporting";
import { visible } from "../../shared/messages/visible";
import { ruleNames } from "../../shared/rules";
import { csvText } from "./csv-text";
import { nameOfInput } from "./results";

/** Every cluster with every rule's verdict, for a spreadsheet. */
export function csv({ clusters, inputs }: Report): string {
  return csvText(
    ["input", "cluster", "file", "line", "tool", "engine", "result", ...ruleNames],
    clusters.map((cluster) => {
      const { address, input, location, tool, engine, verdicts } = cluster;
      return [
        nameOfInput(inputs[input]),
        address,
        location?.file ?? "",
        location === null ? "" : String(location.line),
        tool ?? "",
        engine ?? "",
        outcomeOfCluster(cluster),
        ...ruleNames.map((rule) => verdicts[rule]),
      ].map(visible);
    }),
  );
}
