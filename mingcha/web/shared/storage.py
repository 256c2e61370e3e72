"""Static files under hashed names."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """ES modules import one another by relative path, so their imports are rewritten to the hashed names too."""

    support_js_module_import_aggregation = True
