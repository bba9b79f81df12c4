import type { Location } from './place/posterior';

/** Numbers, places and troubles in words. */

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

export function metres(m: number): string {
  return m < 10 ? `${m.toFixed(1)} m` : `${Math.round(m)} m`;
}

/** As in "8° to the right". */
export function side(azimuth: number): string {
  const off = Math.round(Math.abs(azimuth));
  if (off === 0) {
    return 'straight ahead';
  }
  return off === 180 ? 'behind' : `${off}° to the ${azimuth > 0 ? 'left' : 'right'}`;
}

/** As in "21 m away, 8° to the right". */
export function where(place: Location): string {
  return `${metres(place.distance)} away, ${side(place.azimuth)}`;
}

/** The class of a scene without a hazard. */
export const BACKGROUND = 'background';

/** As in "power tool". */
export function className(name: string): string {
  return name.replaceAll('_', ' ');
}

/** What went wrong, in a line that is never empty. */
export function reason(e: unknown): string {
  return (e instanceof Error ? e.message || e.name : String(e)) || 'something went wrong';
}

export function seconds(s: number): string {
  return `${s.toFixed(1)} s`;
}
