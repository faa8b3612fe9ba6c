import type { JudgedDocuments, NamedDocument } from "../shared/findings/judged-documents";
import { judgeDocuments } from "../shared/findings/judged-documents";
import { circumstancesOf } from "../shared/findings/judgement";
import { noteMessage } from "../shared/messages/document-notes";
import { visible } from "../shared/messages/visible";
import type { Policy } from "../shared/policy/configuration";
import { counted } from "../shared/rules/wording";
import type { CheckArguments } from "./arguments";
import type { Inputs } from "./inputs";
import { readInputs } from "./inputs";
import { Progress } from "./progress";
import type { Streams } from "./streams";

export interface JudgedInputs {
  readonly inputs: Inputs;
  readonly documents: readonly NamedDocument[];
  readonly judged: JudgedDocuments;
}

/** Reads the named inputs and checks them. Everything but the result goes to standard error. */
export async function judgedInputs(
  asked: Pick<CheckArguments, "inputs" | "stack">,
  policy: Policy,
  streams: Streams,
  today: Date,
): Promise<JudgedInputs> {
  const progress = new Progress(streams);
  const inputs = await readInputs(asked, (file) => {
    progress.at(file);
  });
  progress.end();
  const documents = inputs.all.map(({ document, stack }): NamedDocument => ({ ...document, stack }));
  const judged = judgeDocuments(
    documents,
    policy,
    circumstancesOf(policy, () => today),
  );
  tell(inputs, streams);
  return { inputs, documents, judged };
}

function tell({ all, unreadable, passedOver }: Inputs, { error }: Streams): void {
  for (const { file, reason } of unreadable) error(`${visible(file)}: ${reason}\n`);
  if (passedOver > 0) error(`${counted(passedOver, "file")} skipped: not of a kind that check reads.\n`);
  for (const { file, document } of all)
    for (const note of document.notes) error(`${visible(file)}: ${noteMessage(note)}\n`);
}
