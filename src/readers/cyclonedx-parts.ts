import type { Named, Part } from "../model/document.ts";
import type { ComponentShape } from "./cyclonedx-shape.ts";

/** A component of a bill with its place, in document order; those inside others follow them. */
export interface Placed {
  readonly component: ComponentShape;
  readonly pointer: string;
}

/** All components below a list, the nested ones too. `readJson` has bounded the depth. */
export function flatten(components: readonly ComponentShape[] | undefined, pointer: string): readonly Placed[] {
  return (components ?? []).flatMap((component, index) => {
    const own = `${pointer}/${index}`;
    return [{ component, pointer: own }, ...flatten(component.components, `${own}/components`)];
  });
}

/**
 * A component as a part. The format says of a supplier that it may be the maker or only sell the part on, so that it never
 * counts as the maker; `manufacturer` exists from 1.6 on, before it only a publisher names the maker of software.
 */
export function partOf(component: ComponentShape): Part {
  const manufacturer = nameOf(component.manufacturer);
  return {
    ...namedBy(component, manufacturer),
    type: component.type,
    manufacturer,
    supplier: nameOf(component.supplier),
  };
}

/** How a bill names a component; `maker` where the document names it outside of the component. */
export function namedBy(component: ComponentShape, maker: string | null = nameOf(component.manufacturer)): Named {
  const { group, name, version, versionRange, publisher, cpe, purl, hashes = [] } = component;
  return {
    name: group ? `${group}/${name}` : name,
    vendor: maker ?? (publisher || null),
    version: version || null,
    range: versionRange || null,
    cpes: cpe ? [cpe] : [],
    purls: purl ? [purl] : [],
    digests: hashes.filter(({ alg }) => alg === "SHA-256").map(({ content }) => content.toLowerCase()),
  };
}

/** The name of an organisation; null: none is given. */
export function nameOf(organisation: { readonly name?: string } | undefined): string | null {
  return organisation?.name || null;
}
