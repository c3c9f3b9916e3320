import { IsIn, IsOptional, Matches } from 'class-validator';

/** What the environment may say of services that are nobody's part: what mail is handed to, who says taxes. */
export class ServicesConfiguration {
  /** The server that mail is handed to. Without it, none leaves. */
  @IsOptional()
  @Matches(/^smtps?:\/\/(?:(?:[^\s/?#%]|%[\dA-F]{2})+@)?(?:\[[\dA-F:.]+\]|[^\s/?#@:%[\]]+)(?::\d{1,5})?\/?$/i, {
    message: 'SMTP_URL is a URL such as smtps://user:password@mail.example:465, without ? and #.',
  })
  SMTP_URL?: string;

  /** Who mail is from. */
  @IsOptional()
  @Matches(/^[^\r\n]*@[^\r\n]+$/, { message: 'MAIL_FROM is an address such as Acme <billing@acme.example>.' })
  MAIL_FROM?: string;

  /** The service that says which taxes documents bear, for tenants that go by one. */
  @IsOptional()
  @Matches(/^https?:\/\/\S+$/, { message: 'TAX_PROVIDER_URL is a URL such as https://taxes.example/quotes.' })
  TAX_PROVIDER_URL?: string;

  /** Where it is told which of those documents were issued, credited and voided. */
  @IsOptional()
  @Matches(/^https?:\/\/\S+$/, {
    message: 'TAX_PROVIDER_DOCUMENTS_URL is a URL such as https://taxes.example/documents.',
  })
  TAX_PROVIDER_DOCUMENTS_URL?: string;

  /** By which it knows this installation. */
  @IsOptional()
  @Matches(/^\S+$/, { message: 'TAX_PROVIDER_TOKEN is a token without spaces.' })
  TAX_PROVIDER_TOKEN?: string;

  /** Which register tax ids are looked up in: that of the EU, or none. */
  @IsIn(['off', 'vies'], { message: 'TAX_ID_REGISTRY is off or vies.' })
  TAX_ID_REGISTRY: 'off' | 'vies' = 'off';
}
