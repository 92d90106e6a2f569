export declare function ensureSystemPackages(groups: readonly string[]): void;
