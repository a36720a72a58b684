import { type Part, paced, type Steps, Stopped } from "../../imaging/steps/steps.js";
import type { Reading } from "../../imaging/volume/format.js";
import { type PageMaker, pagesInMemory } from "../../imaging/volume/pages.js";
import { asInput } from "../input-refused.js";
import { openRoom, type Room, type RoomAsked } from "./room.js";

/** Who watches a work on pictures. */
export interface ImagingWatch {
  /** Aborted: the work ends after its present step. */
  readonly signal: AbortSignal;
  /** How far it has come. */
  readonly told: (part: Part) => void;
  /** Sentences for a person. */
  readonly say: (text: string) => void;
}

/** What a work on pictures works with: room for voxels, and a way to run steps that tells how far they are. */
export interface ImagingWork extends Room {
  /** Runs steps; bad input in them is the user's. @throws Stopped after the signal; InputRefused */
  steps<T>(steps: Steps<T>): Promise<T>;
  /** Work that cannot be left in between. */
  stage<T>(name: string, work: () => Promise<T> | T): Promise<T>;
  /** What reading a picture tells: its claim on memory, the pages that are done. */
  reading(pages?: PageMaker): Required<Pick<Reading, "claimed" | "pages">>;
}

/**
 * Runs a work on pictures: memory is estimated before, what is done is told, the signal ends it after the present step, and
 * scratch files go.
 * @param folder of the results, which is there
 */
export async function imagingWork<T>(
  asked: RoomAsked,
  folder: string,
  watch: ImagingWatch,
  work: (tools: ImagingWork) => Promise<T>,
): Promise<T> {
  const room = openRoom(asked, folder, watch.say);
  try {
    return await work(tools(room, watch));
  } finally {
    room.close();
  }
}

function tools(room: Room, { told, signal }: ImagingWatch): ImagingWork {
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
