/**
 * Reads TypeScript declarations as data: interfaces with their members, and enumerations with their values.
 */
import ts from "typescript";

/** The meaning of a name. */
interface Declared {
  readonly members: ReadonlyMap<string, Member>;
  /** The values of an enumeration, in each of the forms that SDKs use. */
  readonly values: readonly string[];
}

interface Member {
  /** Every name in its type, including the elements of lists and unions. */
  readonly names: readonly string[];
  readonly values: readonly string[];
}

export type Declarations = ReadonlyMap<string, Declared>;

/** The declarations of a file, by namespace (`""` outside of any, `a.b` for a nested one). */
export function declarationsOf(text: string): ReadonlyMap<string, Declarations> {
  const found = new Map<string, Map<string, Declared>>();
  const add = (space: string, name: string, declared: Declared): void => {
    let names = found.get(space);
    if (names === undefined) found.set(space, (names = new Map<string, Declared>()));
    const other = names.get(name);
    const earlier: ReadonlyMap<string, Member> = other?.members ?? new Map<string, Member>();
    names.set(name, {
      members: new Map([...earlier, ...declared.members]),
      values: [...(other?.values ?? []), ...declared.values],
    });
  };
  const visit = (space: string, node: ts.Node): void => {
    if (ts.isModuleDeclaration(node) && node.body !== undefined) {
      const inner = space === "" ? node.name.text : `${space}.${node.name.text}`;
      node.body.forEachChild((child) => {
        visit(inner, child);
      });
    } else if (ts.isInterfaceDeclaration(node)) add(space, node.name.text, interfaceOf(node));
    else if (ts.isEnumDeclaration(node)) {
      const values = node.members.flatMap(({ initializer }) =>
        initializer === undefined || !ts.isStringLiteral(initializer) ? [] : [initializer.text],
      );
      add(space, node.name.text, { members: new Map(), values });
    } else if (ts.isTypeAliasDeclaration(node)) {
      const { names, values } = typeOf(node.type);
      // An alias of its own value, `(typeof X)[keyof typeof X]`, refers to the declaration next to it.
      if (values.length > 0 || names.some((name) => name !== node.name.text))
        add(space, node.name.text, { members: new Map(), values });
    } else if (ts.isVariableStatement(node)) {
      for (const { name, type } of node.declarationList.declarations)
        if (type !== undefined && ts.isTypeLiteralNode(type) && ts.isIdentifier(name))
          add(space, name.text, { members: new Map(), values: typeOf(type).values });
    }
  };
  ts.createSourceFile("types.d.ts", text, ts.ScriptTarget.Latest).forEachChild((node) => {
    visit("", node);
  });
  return found;
}

function interfaceOf(node: ts.InterfaceDeclaration): Declared {
  const members = new Map<string, Member>();
  for (const clause of node.heritageClauses ?? [])
    for (const type of clause.types) {
      const parent = ts.isIdentifier(type.expression) ? type.expression.text : "";
      members.set(`extends ${parent}`, { names: [parent], values: [] });
    }
  for (const member of node.members)
    if (ts.isPropertySignature(member) && ts.isIdentifier(member.name) && member.type !== undefined)
      members.set(member.name.text, typeOf(member.type));
  return { members, values: [] };
}

function typeOf(type: ts.Node): Member {
  const names: string[] = [];
  const values: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.push(node.text);
    else if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) values.push(node.literal.text);
    else node.forEachChild(visit);
  };
  visit(type);
  return { names, values };
}

/** The resource that an interface describes, by paths such as `networkProfile.networkPolicy`. */
export class ResourceType {
  readonly #all: Declarations;
  readonly #start: string;

  /** `enumerationsAs` maps a type name to the name of its enumeration. */
  constructor(
    start: string,
    declarations: readonly Declarations[],
    readonly enumerationsAs: (name: string) => string = (name) => name,
  ) {
    this.#start = start;
    this.#all = new Map(declarations.flatMap((each) => [...each]));
    if (!this.#all.has(start)) throw new Error(`no interface ${start} is declared`);
  }

  /** The names of the properties at a path; `undefined` if there is no block. */
  propertiesAt(path: string): readonly string[] | undefined {
    const members = this.#membersAt(path);
    return members === undefined ? undefined : [...members.keys()];
  }

  has(path: string): boolean {
    return this.#memberAt(path) !== undefined;
  }

  /** The enumeration values of a property; empty if it has none. */
  valuesAt(path: string): readonly string[] {
    const member = this.#memberAt(path);
    if (member === undefined) return [];
    const enumerations = member.names.map((name) => this.#all.get(this.enumerationsAs(name))?.values ?? []);
    return [...new Set([...member.values, ...enumerations.flat()])];
  }

  #memberAt(path: string): Member | undefined {
    const end = path.lastIndexOf(".");
    return this.#membersAt(end === -1 ? "" : path.slice(0, end))?.get(path.slice(end + 1));
  }

  #membersAt(path: string): ReadonlyMap<string, Member> | undefined {
    let members = this.#membersOf(this.#start);
    for (const name of path === "" ? [] : path.split(".")) {
      const types: readonly string[] = members?.get(name)?.names ?? [];
      members = types.map((type) => this.#membersOf(type)).find((found) => found !== undefined);
    }
    return members;
  }

  #membersOf(name: string): ReadonlyMap<string, Member> | undefined {
    const declared = this.#all.get(name);
    if (declared === undefined || declared.members.size === 0) return undefined;
    const own = new Map<string, Member>();
    for (const [member, type] of declared.members) {
      if (!member.startsWith("extends ")) own.set(member, type);
      else for (const [inherited, of] of this.#membersOf(type.names[0] ?? "") ?? []) own.set(inherited, of);
    }
    return own;
  }
}
