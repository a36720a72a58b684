import { type Part, paced, type Steps, Stopped } from "../imaging/steps/steps.js";
import type { Reading } from "../imaging/volume/format.js";
import { type PageMaker, pagesInMemory } from "../imaging/volume/pages.js";
import { asInput } from "./imaging-options.js";
import { imagingProgress } from "./imaging-progress.js";
import { openRoom, type Room, type RoomOptions } from "./imaging-room.js";
import { interruptible } from "./interruptible.js";
import type { Terminal } from "./terminal.js";

/** What a command on pictures works with: room for voxels, and a way to run steps that shows how far they are. */
export interface ImagingWork extends Room {
  /** Runs steps; bad input in them is the user's. @throws Stopped after Ctrl-C */
  steps<T>(steps: Steps<T>): Promise<T>;
  /** Work that cannot be left in between. */
  stage<T>(name: string, work: () => Promise<T> | T): Promise<T>;
  /** What reading a picture tells: its claim on memory, the pages that are done. */
  reading(pages?: PageMaker): Required<Pick<Reading, "claimed" | "pages">>;
}

/**
 * Runs a command on pictures: memory is estimated before, progress is shown, Ctrl-C ends it after the present step, and
 * scratch files go.
 * @param stages that are expected
 */
export async function imagingWork<T>(
  options: RoomOptions,
  stages: readonly string[],
  terminal: Terminal,
  work: (tools: ImagingWork) => Promise<T>,
): Promise<T> {
  const room = openRoom(options, terminal);
  const shown = imagingProgress(stages, terminal);
  const told = (part: Part) => shown.told(part);
  try {
    return await interruptible(terminal, (signal) => work(tools(room, told, signal)));
  } finally {
    shown.end();
    room.close();
  }
}

function tools(room: Room, told: (part: Part) => void, signal: AbortSignal): ImagingWork {
  return {
    ...room,
    steps: (steps) => asInput(() => paced(steps, signal, told)),
    stage: async (name, work) => {
      told({ stage: name, share: 0 });
      const result = await asInput(work);
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (signal.aborted) throw new Stopped(name);
      told({ stage: name, share: 1 });
      return result;
    },
    reading: (make = pagesInMemory) => ({
      claimed: room.claimed,
      pages: (shape, type) => {
        const pages = make(shape, type);
        const done = (z: number) => {
          pages.done(z);
          told({ stage: "reading", share: (z + 1) / shape[0] });
          if (signal.aborted) throw new Stopped("reading");
        };
        return { ...pages, done };
      },
    }),
  };
}
