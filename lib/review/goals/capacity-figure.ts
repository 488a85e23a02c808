/** What the peak needs of a part, and what there is at its most. */
export interface CapacityFigure {
  /** `services.user requests a minute` */
  readonly what: string;
  readonly needs: number;
  readonly has: number;
  /** Where both are from. */
  readonly because: string;
}
