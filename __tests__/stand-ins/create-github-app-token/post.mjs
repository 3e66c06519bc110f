console.log('Revoked the token')
