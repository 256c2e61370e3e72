"""Static files under hashed names."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStorage(CompressedManifestStaticFilesStorage):
    """ES modules import one another by relative path, so their imports are rewritten to the hashed names too."""

    # A pass hashes the files whose imports are hashed already: as many passes as the longest chain of imports is deep.
    max_post_process_passes = 20
    support_js_module_import_aggregation = True
