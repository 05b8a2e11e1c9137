SELECT m.vm FROM vm AS m ORDER BY m.vm
