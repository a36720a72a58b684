/**
 * Where input files come from: a disk, or texts in memory. A file is called by a name; what another file writes is found
 * beside it.
 */
export interface FileSource {
  /**
   * The bytes of a file.
   * @param largest bytes; larger files are refused.
   * @param holds what it is to hold, for messages.
   * @throws InputFault when it is absent, no file, too large or empty.
   */
  bytes(name: string, largest: number, holds: string): Uint8Array;
  /** The one name of a file, however it is written. */
  whole(name: string): string;
  /** The name of the file that `written` means where it stands in the file `from`. */
  beside(from: string, written: string): string;
  /** The name of a file of measured data, which do not ship; `absent` says why there is none. */
  measured(written: string): { readonly name: string } | { readonly absent: string };
}
