/** The package comes without types; this is the part of it that is used. */
type DocumentTest = (document: unknown) => TestResult | Promise<TestResult>;

interface TestResult {
  readonly isValid?: boolean;
  readonly errors?: readonly { readonly instancePath: string; readonly message?: string }[];
  readonly warnings?: readonly { readonly instancePath: string; readonly message?: string }[];
  readonly infos?: readonly { readonly instancePath: string; readonly message?: string }[];
}

declare module "@secvisogram/csaf-validator-lib/schemaTests.js" {
  export const csaf_2_0: DocumentTest;
}

declare module "@secvisogram/csaf-validator-lib/mandatoryTests.js" {
  const tests: Readonly<Record<string, DocumentTest>>;
  export = tests;
}

declare module "@secvisogram/csaf-validator-lib/optionalTests.js" {
  const tests: Readonly<Record<string, DocumentTest>>;
  export = tests;
}

declare module "@secvisogram/csaf-validator-lib/informativeTests.js" {
  const tests: Readonly<Record<string, DocumentTest>>;
  export = tests;
}

declare module "@secvisogram/csaf-validator-lib/csaf_2_1/schemaTests.js" {
  export const csaf_2_1: DocumentTest;
}

declare module "@secvisogram/csaf-validator-lib/csaf_2_1/mandatoryTests.js" {
  const tests: Readonly<Record<string, DocumentTest>>;
  export = tests;
}
