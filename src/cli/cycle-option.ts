import { InvalidArgumentError, Option } from "commander";

/** `--cycle`, for commands that take particle tables. */
export function cycleOption(): Option {
  const text = "states of simulated runs, at the ends of the charges of these cycles, such as 10,50 (default: the end)";
  return new Option("--cycle <numbers>", text).argParser(cyclesOf);
}

function cyclesOf(text: string): number[] {
  const parts = text.split(",").map((part) => part.trim());
  if (!parts.every((part) => /^[1-9]\d{0,5}$/.test(part)))
    throw new InvalidArgumentError("whole numbers from 1 with commas between them, such as 10,50.");
  return parts.map(Number);
}
