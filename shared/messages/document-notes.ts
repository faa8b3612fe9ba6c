import type { DocumentNote } from "../documents/document";

/** Explains a note on a document to its reader, in a sentence or two. */
export function noteMessage(note: DocumentNote): string {
  switch (note) {
    case "the plan is incomplete":
      return "The plan is incomplete, so clusters may be missing here. It was made with -target, or Terraform says that it needs another plan.";
    case "the plan failed":
      return "The plan failed, so clusters may be missing here. Run it again.";
    case "the plan defers changes":
      return "The plan defers changes to a later run, so clusters may be missing here. Check the plan of that run, too.";
    case "the preview leaves unchanged resources out":
      return "The preview leaves unchanged resources out, so clusters may be missing here. Use `pulumi preview --json --show-sames`.";
    case "the preview failed":
      return "The preview failed, so clusters may be missing here. Run it again.";
    case "an operation was interrupted":
      return "An operation on this stack was interrupted, so it may have more resources than it shows. Run `pulumi refresh`.";
    case "linked templates are not followed":
      return "The template deploys linked templates, which are not checked with it. Check each of them, too.";
    case "the answer has more pages":
      return "The answer has more pages, so clusters may be missing here. Request all of them.";
  }
}
