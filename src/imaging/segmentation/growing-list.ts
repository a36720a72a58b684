/** Numbers of one type that come one at a time. */
export interface GrowingList<A> {
  push(value: number): void;
  /** Those that came so far. */
  all(): A;
}

type Numbers = Int32Array | Float32Array | Uint8Array;

export function growingList<A extends Numbers>(kind: new (count: number) => A): GrowingList<A> {
  let [items, count] = [new kind(1024), 0];
  return {
    push: (value) => {
      if (count === items.length) {
        const larger = new kind(2 * count);
        larger.set(items);
        items = larger;
      }
      items[count++] = value;
    },
    all: () => items.slice(0, count) as A,
  };
}
