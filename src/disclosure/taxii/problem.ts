/** What a TAXII server answers instead of what was asked for (TAXII 2.1, section 3.6.1). Thrown, and caught once. */
export class TaxiiProblem extends Error {
  readonly status: number;
  readonly details: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, title: string, details?: string, headers: Readonly<Record<string, string>> = {}) {
    super(title);
    this.status = status;
    this.details = details;
    this.headers = headers;
  }
}

/** The error object as JSON; `http_status` is a text there. */
export function problemBody(status: number, title: string, details?: string): string {
  return JSON.stringify({ title, ...(details !== undefined && { description: details }), http_status: String(status) });
}
