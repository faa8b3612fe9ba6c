/** Stands in a declaration for a value that is not known before deployment. */
export const notKnownYet = Symbol("not known yet");

type OrNotKnownYet<T> = T | typeof notKnownYet;

/** A cluster in our words as somebody might write it, right or wrong: the form of the rules' worked examples. */
export interface Declaration {
  readonly engine?: OrNotKnownYet<string | null>;
  readonly plugin?: OrNotKnownYet<string>;
  readonly mode?: OrNotKnownYet<string>;
  readonly dataplane?: OrNotKnownYet<string>;
  readonly sku?: OrNotKnownYet<string>;
  readonly ipFamilies?: OrNotKnownYet<readonly string[]>;
  readonly nodeProvisioning?: OrNotKnownYet<string>;
  readonly advancedNetworkSecurity?: OrNotKnownYet<boolean>;
  readonly transitEncryption?: OrNotKnownYet<string>;
  readonly accelerationMode?: OrNotKnownYet<string>;
  readonly kubernetesVersion?: OrNotKnownYet<string>;
  readonly windowsProfile?: { readonly adminUsername: string };
  readonly pools?: readonly DeclaredPool[];
}

export interface DeclaredPool {
  readonly os?: OrNotKnownYet<string>;
  readonly osSku?: OrNotKnownYet<string>;
  readonly count?: OrNotKnownYet<number>;
  readonly maximum?: number;
  /** Declared as a resource of its own. */
  readonly separate?: true;
}
