import { SetMetadata } from '@nestjs/common';

export const PUBLIC = 'recount:public';

/** Open to everybody: health, documentation. */
export const Public = () => SetMetadata(PUBLIC, true);
