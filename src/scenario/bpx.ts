export function readBpx(_path: string): undefined {
  return undefined;
}
