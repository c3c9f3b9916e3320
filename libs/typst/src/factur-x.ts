import { PDFDocument, PDFName, PDFRawStream, PDFRef } from '@cantoo/pdf-lib';

/** What the file inside is called (Factur-X 1.07, 6.2). */
const FILE = 'factur-x.xml';
const NAMESPACE = 'urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#';
const PROPERTIES = [
  ['DocumentFileName', 'The name of the embedded XML document'],
  ['DocumentType', 'The type of the hybrid document in capital letters, e.g. INVOICE or ORDER'],
  ['Version', 'The actual version of the standard applying to the embedded XML document'],
  ['ConformanceLevel', 'The conformance level of the embedded XML document'],
] as const;

/**
 * Says in the metadata of a PDF/A-3 that the XML in it is the e-invoice of EN 16931, as Factur-X asks for: Typst attaches the file, and has no words for that. What PDF/A
 * does not know by itself is described beside it. The rest of the PDF stays what it is, and the same PDF comes to the same bytes.
 */
export const asFacturX = async (pdf: Uint8Array): Promise<Uint8Array> => {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const { catalog, context } = document;
  const place = catalog.get(PDFName.of('Metadata'));
  const metadata = context.lookup(place);
  if (!(place instanceof PDFRef) || !(metadata instanceof PDFRawStream)) throw new Error(OTHER);
  const told = withInvoice(Buffer.from(metadata.contents).toString('utf8'));
  context.assign(place, PDFRawStream.of(metadata.dict, Buffer.from(told, 'utf8')));
  return document.save({ useObjectStreams: false, addDefaultPage: false, updateFieldAppearances: false });
};

const OTHER = 'The PDF has other metadata than was known.';

/** In the list of schemas, since there is one at the most, and in a description of its own. */
const withInvoice = (xmp: string): string => {
  const SCHEMAS_END = '</rdf:Bag></pdfaExtension:schemas>';
  const END = '</rdf:RDF>';
  if (!xmp.includes(SCHEMAS_END) || !xmp.includes(END)) throw new Error(OTHER);
  return xmp.replace(SCHEMAS_END, `${SCHEMA}${SCHEMAS_END}`).replace(END, `${INVOICE}${END}`);
};

const SCHEMA = `<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema><pdfaSchema:namespaceURI>${NAMESPACE}</pdfaSchema:namespaceURI><pdfaSchema:prefix>fx</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>${PROPERTIES.map(
  ([name, meaning]) =>
    `<rdf:li rdf:parseType="Resource"><pdfaProperty:name>${name}</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>external</pdfaProperty:category><pdfaProperty:description>${meaning}</pdfaProperty:description></rdf:li>`,
).join('')}</rdf:Seq></pdfaSchema:property></rdf:li>`;

const INVOICE = `<rdf:Description rdf:about="" xmlns:fx="${NAMESPACE}"><fx:DocumentType>INVOICE</fx:DocumentType><fx:DocumentFileName>${FILE}</fx:DocumentFileName><fx:Version>1.0</fx:Version><fx:ConformanceLevel>EN 16931</fx:ConformanceLevel></rdf:Description>`;
