/** The pages of the rules by their names, which the build of the single file puts in. */
declare module "rule-pages" {
  const pages: Readonly<Record<string, string>>;
  export default pages;
}
