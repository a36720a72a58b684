/**
 * The steps of a protocol. A step is one file: what a file says at its key, which way its current goes, and what it asks of the
 * collector. It ends at the first of its conditions.
 */
import type * as z from "zod";
import type { Control } from "../../fem/model/electrochemistry.js";
import { means, number, positive, quantity, section } from "../../schema/leaf.js";

/** A step of whatever verb. */
export interface AnyStep {
  readonly verb: string;
  readonly words: string;
  readonly said: z.ZodObject<{ until: z.ZodObject<z.ZodRawShape, z.core.$strict> }, z.core.$strict>;
  /** Of the current: 1 takes lithium out, −1 puts it in, 0 goes neither way by itself. */
  readonly direction: 1 | -1 | 0;
  /** @param oneC A */
  control(said: never, oneC: number): Control;
}

const cutOff = quantity("voltage", { from: "0 V", to: "6 V" });

/** A current as a multiple of C. */
export const rate = quantity("rate", { from: "0.0001C", to: "1000C" });

/** The voltage that a step holds. */
export const held = means("voltage that is held", cutOff);

/** Conditions by which a step may end. */
export const until = {
  voltage: means("limit of the voltage", cutOff.optional()),
  current: means("current below which it ends", rate.optional()),
  throughput: means("share of the usable window that has passed", number(0, 1, { low: true }).optional()),
  time: means("time that has passed", positive("time").optional()),
};

/** What ends a step, out of these. */
export function ends<Conditions extends z.ZodRawShape>(conditions: Conditions) {
  return means("what ends it: the first that is met", section(conditions));
}

/** What a file says of a step at constant current. */
export const galvanostatic = section({
  rate: means("current as a multiple of C, by which the usable window passes in an hour", rate),
  until: ends({ voltage: until.voltage, throughput: until.throughput, time: until.time }),
});

/** A current of so many C, in A. */
export const constantCurrent = (said: { readonly rate: number }, direction: 1 | -1, oneC: number): Control => ({
  current: direction * said.rate * oneC,
});
