import { randomBytes } from "node:crypto";

/** What a file is for that only the program itself opens: unfinished content, or a claim on a folder. */
export type PrivateUse = "tmp" | "lock" | "held";

const pattern = /^\.synchrode-([0-9a-f]{24})\.(tmp|lock|held)$/;

/** Nobody else's: 96 bits at random. */
export function freshToken(): string {
  return randomBytes(12).toString("hex");
}

/** A file name that no file has and nobody can foresee. */
export function privateName(use: PrivateUse, token = freshToken()): string {
  return `.synchrode-${token}.${use}`;
}

/** The token in a private name, or undefined when the name is not of that use. */
export function tokenOf(name: string, use: PrivateUse): string | undefined {
  const [, token, found] = pattern.exec(name) ?? [];
  return found === use ? token : undefined;
}

export function isPrivateName(name: string): boolean {
  return pattern.test(name);
}
