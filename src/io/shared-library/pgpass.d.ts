declare module "pgpass" {
  /** Looks the password up in the file that PGPASSFILE names, or ~/.pgpass; undefined where it has none. */
  export default function pgpass(
    connection: { readonly host: string; readonly port: number; readonly database: string; readonly user: string },
    take: (password: string | undefined) => void,
  ): void;
}
