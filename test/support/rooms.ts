/** The rooms of `shared/`, the lowest first: a file imports its own room and lower ones. */
export const rooms = [
  "cluster",
  "dialects",
  "reading",
  "documents",
  "rules",
  "policy",
  "fixes",
  "findings",
  "messages",
  "azure-policy",
] as const;
