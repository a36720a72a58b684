/** Centres and radii, in any one unit of length. */
export interface Disk {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/**
 * Finds the two circles whose surfaces are nearest to a point of the box [0, width] × [0, height].
 * `find` leaves its answer in the fields: −1 and Infinity where there is no such circle; a distance is negative inside.
 */
export class SurfaceLocator {
  nearest = -1;
  distance = Number.POSITIVE_INFINITY;
  secondDistance = Number.POSITIVE_INFINITY;
  private readonly columns: number;
  private readonly rows: number;
  private readonly candidates: readonly Int32Array[];

  constructor(
    private readonly disks: readonly Disk[],
    private readonly width: number,
    private readonly height: number,
  ) {
    const perSide = Math.max(1, Math.min(128, 2 * Math.sqrt(disks.length)));
    const cell = Math.sqrt((width * height) / (perSide * perSide));
    this.columns = Math.max(1, Math.min(512, Math.round(width / cell)));
    this.rows = Math.max(1, Math.min(512, Math.round(height / cell)));
    this.candidates = Array.from({ length: this.columns * this.rows }, (_, k) => this.candidatesOf(k));
  }

  find(x: number, y: number): void {
    const column = Math.max(0, Math.min(this.columns - 1, Math.floor((x / this.width) * this.columns)));
    const row = Math.max(0, Math.min(this.rows - 1, Math.floor((y / this.height) * this.rows)));
    this.nearest = -1;
    this.distance = Number.POSITIVE_INFINITY;
    this.secondDistance = Number.POSITIVE_INFINITY;
    for (const k of this.candidates[row * this.columns + column]) {
      const disk = this.disks[k];
      const d = Math.sqrt((x - disk.x) * (x - disk.x) + (y - disk.y) * (y - disk.y)) - disk.radius;
      if (d < this.distance) {
        this.secondDistance = this.distance;
        this.distance = d;
        this.nearest = k;
      } else if (d < this.secondDistance) this.secondDistance = d;
    }
  }

  /** The circles that can be among the two nearest to some point of a cell of the search grid. */
  private candidatesOf(cell: number): Int32Array {
    const w = this.width / this.columns;
    const h = this.height / this.rows;
    const x = ((cell % this.columns) + 0.5) * w;
    const y = (Math.floor(cell / this.columns) + 0.5) * h;
    const distances = this.disks.map((disk) => Math.hypot(x - disk.x, y - disk.y) - disk.radius);
    let first = Number.POSITIVE_INFINITY;
    let second = Number.POSITIVE_INFINITY;
    for (const d of distances) {
      if (d < first) {
        second = first;
        first = d;
      } else if (d < second) second = d;
    }
    const reach = second + Math.hypot(w, h) * (1 + 1e-9);
    return Int32Array.from(this.disks.keys()).filter((k) => distances[k] <= reach);
  }
}
