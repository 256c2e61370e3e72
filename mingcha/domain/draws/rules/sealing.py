"""How a secret is kept: locked with the server's key, and sealed to the discipline body. Chance comes in."""

from hashlib import blake2b

from nacl.bindings import crypto_scalarmult_base
from nacl.exceptions import CryptoError
from nacl.public import Box, PrivateKey, PublicKey
from nacl.secret import SecretBox

KEY_BYTES = PublicKey.SIZE
NONCE_BYTES = SecretBox.NONCE_SIZE
PURPOSE = b"mingcha/draw"  # keeps this key apart from every other use of the server's secret key


def locking_key(server_secret: str) -> bytes:
    """The key under which this server keeps its own secrets of draws."""
    return blake2b(server_secret.encode(), digest_size=SecretBox.KEY_SIZE, person=PURPOSE).digest()


def lock_away(secret: str, *, key: bytes, nonce: bytes) -> str:
    """Encrypt a secret for this server alone; hex of nonce ‖ box."""
    return bytes(SecretBox(key).encrypt(secret.encode(), nonce)).hex()


def unlock(locked_secret: str, *, key: bytes) -> str | None:
    """The secret again, or None when this key does not open it (the server's key was changed)."""
    try:
        return SecretBox(key).decrypt(bytes.fromhex(locked_secret)).decode()
    except (CryptoError, ValueError):
        return None


def seal(secret: str, *, public_key: str, ephemeral: bytes, nonce: bytes) -> str:
    """Seal a secret to the discipline body: hex of ephemeral key ‖ nonce ‖ box, as static/ceremony/seal.js does."""
    box = Box(PrivateKey(ephemeral), PublicKey(bytes.fromhex(public_key)))
    return (crypto_scalarmult_base(ephemeral) + bytes(box.encrypt(secret.encode(), nonce))).hex()
