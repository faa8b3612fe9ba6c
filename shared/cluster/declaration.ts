/** Placeholder in a declaration for a value that is only known after apply. */
export const notKnownYet = Symbol("not known yet");

type OrNotKnownYet<T> = T | typeof notKnownYet;

/**
 * A cluster in the terms of this project as a user might write it, correct or not. The rules' worked examples
 * use it.
 */
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
  /** Declared as a separate resource. */
  readonly separate?: true;
}
