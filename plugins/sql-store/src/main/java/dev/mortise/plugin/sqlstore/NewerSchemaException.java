package dev.mortise.plugin.sqlstore;

import java.sql.SQLException;

/** A database was written by a newer version of the plugin. */
public final class NewerSchemaException extends SQLException {

    private static final long serialVersionUID = 1;

    NewerSchemaException(int version, int known) {
        super("it was written by a newer version of the plugin (its schema is " + version + ", this one knows " + known
                + "); use that version, or put back a copy from before the upgrade");
    }
}
