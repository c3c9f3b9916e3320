import { fileURLToPath } from 'node:url';
import { PluginMetadataGenerator } from '@nestjs/cli/lib/compiler/plugins/plugin-metadata-generator.js';
import { ReadonlyVisitor } from '@nestjs/swagger/plugin';

/**
 * Reads types and comments of request and answer classes into `metadata.ts`, which is committed: swc, which builds the
 * product, knows no types. It runs before the build, from its source; types are looked up, and not checked.
 */
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const source = `${root}apps/server/src`;

new PluginMetadataGenerator().generate({
  visitors: [
    new ReadonlyVisitor({
      dtoFileNameSuffix: ['.dto.ts', '.resource.ts'],
      controllerFileNameSuffix: ['.controller.ts', '.controllers.ts'],
      introspectComments: true,
      classValidatorShim: true,
      esmCompatible: true,
      pathToSource: source,
    }),
  ],
  outputDir: source,
  // Relative to the folder that npm scripts run in.
  tsconfigPath: 'apps/server/tsconfig.metadata.json',
});
