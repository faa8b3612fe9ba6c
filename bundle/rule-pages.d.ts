/** The pages of the rules by name; the build of the single file provides them. */
declare module "rule-pages" {
  const pages: Readonly<Record<string, string>>;
  export default pages;
}
