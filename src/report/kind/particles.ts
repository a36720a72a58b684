import { particleFiles } from "../../result/result-files.js";
import { kindOfFolder } from "./report-kind.js";

/** Of particles in a tomogram. */
export const particlesReport = kindOfFolder(particleFiles.contacts, async (folder, out) => {
  const { buildParticleReport } = await import("../particles/particle-report.js");
  await buildParticleReport(folder, out);
});
