/** @throws when this Node is too old even to install. */
export function assertSupportedNode(version: string): void;

/** Path of the Node to run the product on: this one when it is recent enough, else the one that was installed along. */
export function chooseNode(root: string, version?: string, platform?: string): string;
