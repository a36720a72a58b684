/** Constants of electrochemistry, exact since the 2019 SI: F = N_A e, R = N_A k_B (CODATA 2018). */

/** C/mol */
export const FARADAY = 96485.33212;

/** J/(mol K) */
export const GAS_CONSTANT = 8.314462618;

/** V_T = RT/F in V at a temperature in K; 25.6926 mV at 298.15 K. */
export function thermalVoltage(temperature: number): number {
  return (GAS_CONSTANT * temperature) / FARADAY;
}
